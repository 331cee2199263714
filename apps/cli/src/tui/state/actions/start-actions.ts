import type { AccountInfo, Gravy } from '@gravy/messenger';
import type { Action } from '../action.js';
import { PARTS } from '../data.js';
import {
  openStage,
  START,
  type State,
  textOf,
  withFocus,
  withNotice,
  withoutFields,
} from '../state.js';
import { type Effect, type Step, step, type Transition } from '../step.js';

type StartAction = Extract<
  Action,
  {
    kind:
      | 'show-create'
      | 'show-log-in'
      | 'create-account'
      | 'log-in'
      | 'log-out'
      | 'choose-account';
  }
>;

const PLACE = 'start';
const ADVICE = [
  'A forgotten password cannot be recovered: key and history stay locked for good.',
  'To back up: gravy account export FILE',
];

/** Getting an account open, and leaving it. */
export function performStart(state: State, action: StartAction): Step {
  if (action.kind === 'log-out') return step(state, LOG_OUT);
  if (state.stage.kind !== 'start') return step(state);
  const { stage } = state;
  switch (action.kind) {
    case 'show-create':
    case 'show-log-in': {
      const form = action.kind === 'show-create' ? 'create' : 'log-in';
      const changed = withNotice({ ...state, stage: { ...stage, form } }, PLACE, undefined);
      return step(withFocus(changed, { control: undefined }));
    }
    case 'choose-account': {
      const { name } = action;
      const chosen = withNotice({ ...state, stage: { ...stage, chosen: name } }, PLACE, undefined);
      return step(withFocus(chosen, { control: 'log-in.password' }), attach(name));
    }
    case 'log-in':
      return logIn(state, stage.chosen);
    case 'create-account':
      return create(state);
    default:
      return action.kind satisfies never;
  }
}

function logIn(state: State, name: string | undefined): Step {
  const password = textOf(state, 'log-in.password');
  if (name === undefined) return refuse(state, 'Choose an account first.', undefined);
  if (password === '') return refuse(state, 'Type the password first.', 'log-in.password');
  return step(withNotice(state, PLACE, undefined), unlock(name, password));
}

function create(state: State): Step {
  const name = textOf(state, 'create.name').trim();
  const password = textOf(state, 'create.password');
  if (name === '') return refuse(state, 'An account needs a name.', 'create.name');
  if (password === '') {
    return refuse(state, 'A password has at least one character.', 'create.password');
  }
  if (password !== textOf(state, 'create.repeat')) {
    return refuse(state, 'The two passwords are not the same.', 'create.repeat');
  }
  return step(withNotice(state, PLACE, undefined), {
    kind: 'task',
    place: PLACE,
    waiting: 'Creating the account ...',
    run: async (gravy) => {
      const account = await gravy.call('account.create', { name, password });
      return opened(account, { isElsewhere: false, advice: ADVICE });
    },
  });
}

function refuse(state: State, text: string, control: string | undefined): Step {
  return step(withFocus(withNotice(state, PLACE, { kind: 'bad', text }), { control }));
}

const READ_ACCOUNTS: Effect = {
  kind: 'task',
  place: PLACE,
  waiting: 'Opening your accounts ...',
  run: async (gravy) => {
    const accounts = await gravy.call('account.list', {});
    return (state) => showAccounts(state, accounts, {});
  },
};

/** The accounts that there are; the only one, or the one that is wanted, is chosen at once. */
export function showAccounts(
  state: State,
  accounts: readonly AccountInfo[],
  { wanted, password }: { wanted?: string; password?: string },
): Step {
  const name = wanted?.normalize('NFC').toLowerCase();
  const chosen =
    name === undefined
      ? accounts.length === 1
        ? accounts[0]
        : undefined
      : accounts.find((account) => account.name.toLowerCase() === name);
  const shown: State = {
    ...state,
    stage: {
      kind: 'start',
      accounts,
      form: accounts.length === 0 ? 'create' : 'log-in',
      chosen: chosen?.name,
    },
  };
  if (chosen !== undefined) {
    const next = withFocus(shown, { control: 'log-in.password' });
    return step(next, password === undefined ? attach(chosen.name) : unlock(chosen.name, password));
  }
  if (wanted === undefined) return step(shown);
  return step(
    withNotice(shown, PLACE, { kind: 'bad', text: `There is no account "${wanted}" here.` }),
  );
}

/** An account that another process of this user has open is entered without a password. */
function attach(name: string): Effect {
  return {
    kind: 'task',
    place: PLACE,
    waiting: '',
    run: async (gravy) =>
      (await gravy.attach(name))
        ? opened(await gravy.call('account.show', {}), { isElsewhere: true })
        : (state) => step(state),
  };
}

function unlock(name: string, password: string): Effect {
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
    return step(withFocus(open, { area: 'sidebar', control: undefined }), {
      kind: 'load',
      parts: PARTS,
    });
  };
}

const LOG_OUT: Effect = {
  kind: 'task',
  place: 'dashboard',
  waiting: 'Closing the account ...',
  run: async (gravy) => {
    await gravy.call('account.lock', {});
    return (state) => backToStart(state, undefined);
  },
};

/** What was open is closed: nothing of it stays on the screen. */
export function backToStart(state: State, reason: string | undefined): Step {
  const cleared: State = {
    ...state,
    stage: START,
    overlay: undefined,
    focusBelow: undefined,
    fields: {},
    choices: {},
    notices: {},
    waiting: {},
  };
  const told =
    reason === undefined ? cleared : withNotice(cleared, PLACE, { kind: 'bad', text: reason });
  return step(withFocus(told, { area: 'page', control: undefined }), READ_ACCOUNTS);
}
