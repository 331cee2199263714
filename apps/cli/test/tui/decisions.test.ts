// Nothing is decided by a key that was meant for something else.
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../src/tui/pages/page-of.js';
import { focusedControl } from '../../src/tui/screen/move.js';
import { type State, withData, withFocus, withOverlay } from '../../src/tui/state/state.js';
import { answered, BEN, ENTER, offerOf, openState, pressed, TAB, text } from './open-state.js';

function focused(state: State): string | undefined {
  const page = pageOf(state, 0);
  return page && focusedControl(page, state.focus.control);
}

describe('verifying', () => {
  const dashboard = withFocus(openState({ unfolded: BEN.id }), { control: `verify:${BEN.id}` });
  const number = { number: '0'.repeat(60) };

  it('is not done by Enter, however often, nor by Space', async () => {
    const { state, effects } = pressed(dashboard, ENTER);
    const { state: shown } = await answered(state, effects[0], { call: number });
    expect(shown.overlay?.kind).toBe('safety-number');
    expect(focused(shown)).toBe('close');
    const twice = pressed(shown, ENTER);
    expect(twice.state.overlay).toBeUndefined();
    expect(twice.effects).toEqual([]);
    expect(pressed(shown, text(' ')).effects).toEqual([]);
    expect(pressed(shown, text('yes')).effects).toEqual([]);
  });

  it('is done by y, and closes its own page alone', async () => {
    const shown = withOverlay(dashboard, { kind: 'safety-number', contact: BEN.id, ...number });
    const { state, effects } = pressed(shown, text('y'));
    expect(effects).toHaveLength(1);
    const { state: verified } = await answered(state, effects[0], { call: {} });
    expect(verified.overlay).toBeUndefined();
    expect(verified.notices[`contact:${BEN.id}`]?.text).toBe('Verified.');
    const help = withOverlay(state, { kind: 'help' });
    expect((await answered(help, effects[0], { call: {} })).state.overlay?.kind).toBe('help');
  });

  it('is not asked about once the person has gone on', async () => {
    const { state, effects } = pressed(dashboard, ENTER);
    for (const gone of [
      withFocus(state, { control: 'search' }),
      withFocus(state, { area: 'sidebar' }),
      withOverlay(state, { kind: 'help' }),
      openState({ section: { kind: 'conversation', contact: BEN.id } }),
    ]) {
      expect((await answered(gone, effects[0], { call: number })).state).toEqual(gone);
    }
  });
});

it('takes Enter alone for what a question asks', () => {
  const question = withOverlay(openState(), {
    kind: 'question',
    title: 'Delete history',
    text: 'All of it.',
    yes: 'Delete',
    action: { kind: 'delete-history', contact: BEN.id },
  });
  const { state } = pressed(question, TAB);
  expect(focused(state)).toBe('yes');
  expect(pressed(state, text(' ')).effects).toEqual([]);
  expect(pressed(state, ENTER).effects).toHaveLength(1);
});

describe('files that come and go', () => {
  const files = openState({ section: { kind: 'files' } }, { files: [offerOf('one')] });
  const accept = (id: string): string => `accept-file:${BEN.id}:${id}`;

  it('have the focus only once it was moved to them', () => {
    expect(focused(files)).toBeUndefined();
    expect(pressed(files, ENTER, text(' ')).effects).toEqual([]);
    expect(focused(pressed(files, TAB).state)).toBe(accept('one'));
    expect(focused(pressed(files, { kind: 'down' }).state)).toBe(accept('one'));
    expect(focused(pressed(files, { kind: 'up' }).state)).toBe(`decline-file:${BEN.id}:one`);
  });

  it('do not take what was meant for one that is gone', () => {
    const onDecline = pressed(files, TAB, TAB).state;
    expect(focused(onDecline)).toBe(`decline-file:${BEN.id}:one`);
    const swapped = withData(onDecline, (data) => ({ ...data, files: [offerOf('two')] }));
    expect(focused(swapped)).toBeUndefined();
    expect(pressed(swapped, ENTER).effects).toEqual([]);
  });

  it('are accepted one at a time', () => {
    const two = withData(files, (data) => ({ ...data, files: [offerOf('two'), offerOf('one')] }));
    const once = pressed(withFocus(two, { control: accept('one') }), ENTER);
    expect(once.effects).toHaveLength(1);
    const accepted = withData(once.state, (data) => ({
      ...data,
      files: [offerOf('two'), { ...offerOf('one'), state: 'transferring' }],
    }));
    expect(pressed(accepted, ENTER).effects).toEqual([]);
  });

  it('have notices of their own, whoever gave them the same name', () => {
    const same = withData(files, (data) => ({
      ...data,
      files: [offerOf('one'), offerOf('one', 'gravy1eve')],
    }));
    const [task] = pressed(withFocus(same, { control: accept('one') }), ENTER).effects;
    expect(task).toMatchObject({ place: `file:${BEN.id}:one` });
  });
});
