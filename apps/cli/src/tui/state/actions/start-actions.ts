import type { AccountInfo } from '@gravy/messenger';
import type { Action } from '../action.js';
import { START, type State, textOf, withFocus, withNotice, withStart } from '../state.js';
import { type Effect, type Step, step } from '../step.js';
import { createAccount, join, lookElsewhere, opening, PLACE, unlock } from './open-account.js';

type StartAction = Extract<
  Action,
  {
    kind:
      | 'show-create'
      | 'show-log-in'
      | 'create-account'
      | 'log-in'
      | 'log-out'
      | 'choose-account'
      | 'join';
  }
>;

/** Getting an account open, and leaving it. */
export function performStart(state: State, action: StartAction): Step {
  if (action.kind === 'log-out') return step(state, LOG_OUT);
  if (state.stage.kind !== 'start') return step(state);
  const { stage } = state;
  switch (action.kind) {
    case 'show-create':
    case 'show-log-in': {
      const form = action.kind === 'show-create' ? 'create' : 'log-in';
      const changed = withNotice(withStart(state, { form }), PLACE, undefined);
      const shown = withFocus(changed, { control: undefined });
      // It may have been opened elsewhere, and the answer to whether it is comes to this form alone.
      return form === 'log-in' && stage.chosen !== undefined
        ? step(shown, lookElsewhere(stage.chosen))
        : step(shown);
    }
    case 'choose-account': {
      const { name } = action;
      const chosen = withNotice(withStart(state, { chosen: name }), PLACE, undefined);
      return step(withFocus(chosen, { control: 'log-in.password' }), lookElsewhere(name));
    }
    case 'log-in':
      return logIn(state, stage.chosen);
    case 'create-account':
      return create(state);
    case 'join':
      return opening(state, join(action.name));
    default:
      return action.kind satisfies never;
  }
}

function logIn(state: State, name: string | undefined): Step {
  const password = textOf(state, 'log-in.password');
  if (name === undefined) return refuse(state, 'Choose an account first.', undefined);
  if (password === '') return refuse(state, 'Type the password first.', 'log-in.password');
  return opening(state, unlock(name, password));
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
  return opening(state, createAccount(name, password));
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
      isOpening: false,
    },
  };
  if (chosen !== undefined) {
    const next = withFocus(shown, { control: 'log-in.password' });
    return password === undefined
      ? step(next, lookElsewhere(chosen.name))
      : opening(withStart(next, { form: 'given' }), unlock(chosen.name, password));
  }
  if (wanted === undefined) return step(shown);
  return step(
    withNotice(shown, PLACE, { kind: 'bad', text: `There is no account "${wanted}" here.` }),
  );
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
