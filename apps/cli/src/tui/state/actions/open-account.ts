import type { AccountInfo, Gravy } from '@gravy/messenger';
import { PARTS } from '../data.js';
import {
  openStage,
  type State,
  withFocus,
  withNotice,
  withoutFields,
  withoutOverlay,
  withStart,
} from '../state.js';
import { type Effect, type Step, step, type Transition } from '../step.js';

/** Where the start page says what goes on, and what went wrong. */
export const PLACE = 'start';
const ADVICE = [
  'A forgotten password cannot be recovered: key and history stay locked for good.',
  'To back up: gravy account export FILE',
];

/** Until it is open, or is not, keys lead nowhere. */
export function opening(state: State, effect: Effect): Step {
  return step(withStart(withNotice(state, PLACE, undefined), { isOpening: true }), effect);
}

/** Back to the form, in which it says why. */
function notOpened(state: State): State {
  if (state.stage.kind !== 'start') return state;
  const { form } = state.stage;
  const next = form === 'join' || form === 'given' ? 'log-in' : form;
  const stopped = withStart(state, { isOpening: false, form: next });
  return next === form ? stopped : withFocus(stopped, { control: 'log-in.password' });
}

/**
 * An account that another process of this user has open is entered without a password. But by Enter
 * alone: somebody may be typing the password just now, and what comes next would act on what is open.
 */
export function lookElsewhere(name: string): Effect {
  return {
    kind: 'task',
    place: PLACE,
    waiting: '',
    run: async (gravy) => {
      const isOpen = await gravy.attach(name);
      return (state) => step(isOpen ? offerToJoin(state, name) : state);
    },
  };
}

function offerToJoin(state: State, name: string): State {
  const { stage } = state;
  const isAwaited =
    stage.kind === 'start' && stage.form === 'log-in' && stage.chosen === name && !stage.isOpening;
  if (!isAwaited) return state;
  const shown = withStart(withoutFields(withoutOverlay(state), 'log-in.password'), {
    form: 'join',
  });
  return withFocus(withNotice(shown, PLACE, undefined), { control: undefined });
}

export function join(name: string): Effect {
  return {
    kind: 'task',
    place: PLACE,
    waiting: 'Joining ...',
    run: async (gravy) => {
      if (!(await isOpenElsewhere(gravy, name))) {
        const text = 'It is open nowhere any more. Type the password.';
        return (state) => step(withNotice(notOpened(state), PLACE, { kind: 'bad', text }));
      }
      return opened(await gravy.call('account.show', {}), { isElsewhere: true });
    },
    failed: notOpened,
  };
}

export function unlock(name: string, password: string): Effect {
  return {
    kind: 'task',
    place: PLACE,
    waiting: 'Unlocking ...',
    run: async (gravy) => {
      if (await isOpenElsewhere(gravy, name)) {
        return opened(await gravy.call('account.show', {}), { isElsewhere: true });
      }
      return opened(await gravy.call('account.unlock', { name, password }), { isElsewhere: false });
    },
    failed: notOpened,
  };
}

export function createAccount(name: string, password: string): Effect {
  return {
    kind: 'task',
    place: PLACE,
    waiting: 'Creating the account ...',
    run: async (gravy) => {
      const account = await gravy.call('account.create', { name, password });
      return opened(account, { isElsewhere: false, advice: ADVICE });
    },
    failed: notOpened,
  };
}

const isOpenElsewhere = (gravy: Gravy, name: string): Promise<boolean> => gravy.attach(name);

function opened(
  account: AccountInfo,
  options: { isElsewhere: boolean; advice?: readonly string[] },
): Transition {
  return (state) => {
    const forgotten = withoutFields(
      state,
      'create.name',
      'create.password',
      'create.repeat',
      'log-in.password',
    );
    const open = { ...forgotten, stage: openStage(account, options), notices: {}, waiting: {} };
    // Where there is room for one column alone, what is to be read must be the one.
    const area = options.advice === undefined ? 'sidebar' : 'page';
    return step(withFocus(open, { area, control: undefined }), {
      kind: 'load',
      parts: PARTS,
    });
  };
}
