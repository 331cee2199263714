// What is typed as a password must reach nothing else, however slow or quick the account opens.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { performStart, showAccounts } from '../../src/tui/state/actions/start-actions.js';
import { paste } from '../../src/tui/keys/press.js';
import { initialState, type State, textOf } from '../../src/tui/state/state.js';
import type { Effect, Step } from '../../src/tui/state/step.js';
import { writeAccount } from '../e2e/quick-account.js';
import { temporaryHome } from '../gravy-process.js';
import { KEY } from './keys.js';
import { answered, ENTER, pressed, text } from './open-state.js';
import { TuiInProcess } from './tui-in-process.js';

const ADA = { name: 'ada', id: 'gravy1ada' };
const begun = (): Step => showAccounts(initialState({ columns: 80, rows: 24 }), [ADA], {});

const typed = (state: State, keys: string): Step =>
  pressed(state, ...keys.split('').map((key) => (key === '\r' ? ENTER : text(key))));

/** The account is open elsewhere. */
const found = (state: State, [task]: readonly Effect[]): Promise<Step> =>
  answered(state, task, { attach: true, call: ADA });

describe('an account that is open elsewhere', () => {
  it('is not entered in the middle of a password, and the rest of it goes nowhere', async () => {
    const { state, effects } = begun();
    const half = typed(state, 'sn').state;
    expect(textOf(half, 'log-in.password')).toBe('sn');
    const offered = await found(half, effects);
    expect(offered.state.stage).toMatchObject({ kind: 'start', form: 'join' });
    expect(offered.state.fields).toEqual({});
    const rest = typed(offered.state, 'n ?qsecret');
    expect(rest.state).toEqual(offered.state);
    expect(rest.effects).toEqual([]);
    expect(paste(rest.state, 'secret').state).toEqual(offered.state);
  });

  it('is entered with Enter, and what is typed until it is open goes nowhere', async () => {
    const { state, effects } = begun();
    const offered = await found(state, effects);
    const entered = typed(offered.state, 'rest\rn/secret\r');
    expect(entered.effects).toHaveLength(1);
    expect(entered.state.fields).toEqual({});
    const { state: open } = await found(entered.state, entered.effects);
    expect(open.stage).toMatchObject({ kind: 'open', isElsewhere: true });
  });

  it('is not offered to whoever has gone on, or has pressed Enter already', async () => {
    const { state, effects } = begun();
    const opening = typed(state, 'secret\r').state;
    expect((await found(opening, effects)).state).toEqual(opening);
    const creating = performStart(state, { kind: 'show-create' }).state;
    expect((await found(creating, effects)).state).toEqual(creating);
  });
});

it('takes no keys between Enter and the answer, and asks again after a wrong password', () => {
  const opening = typed(begun().state, 'wrong\r');
  const later = typed(opening.state, 'n/secret\r');
  expect(later.state).toEqual(opening.state);
  expect(later.effects).toEqual([]);
  const [task] = opening.effects;
  const failed = task?.kind === 'task' ? task.failed?.(later.state) : undefined;
  expect(failed?.stage).toMatchObject({ form: 'log-in', isOpening: false });
});

it('shows no field while a password that was given opens the account', () => {
  const { state, effects } = showAccounts(initialState({ columns: 80, rows: 24 }), [ADA], {
    password: 'secret',
  });
  expect(state.stage).toMatchObject({ form: 'given', isOpening: true });
  expect(typed(state, 'secret\r').state).toEqual(state);
  const [task] = effects;
  const failed = task?.kind === 'task' ? task.failed?.(state) : undefined;
  expect(failed).toMatchObject({
    stage: { form: 'log-in', isOpening: false },
    focus: { control: 'log-in.password' },
  });
});

describe('with a second process', () => {
  let home = '';
  let remove: () => Promise<void>;
  const running: TuiInProcess[] = [];
  const start = (options: { password?: string } = {}): TuiInProcess => {
    const tui = new TuiInProcess({ home, ...options });
    running.push(tui);
    return tui;
  };
  beforeEach(async () => {
    ({ home, remove } = await temporaryHome());
  });
  afterEach(async () => {
    for (const tui of running.splice(0)) await tui.stop();
    await remove();
  });

  it('drops what was typed ahead, and joins with Enter', async () => {
    writeAccount(home, 'ada', 'secret');
    const owner = start({ password: 'secret' });
    await owner.shows('Public key of ada');
    const other = start();
    other.press('sn');
    await other.shows('is open in another process');
    other.press('c/f');
    await other.pressFor(KEY.enter, '>Dashboard');
    await other.shows('open in another program');
    expect(other.raw).not.toContain('URL or invite');
    await owner.quit();
    await other.shows('was closed in the program');
  });
});
