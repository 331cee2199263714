import type { ParamsOf } from '@gravy/messenger';
import { isMessengerError } from '../../../report-error.js';
import type { Action } from '../action.js';
import { type State, textOf, withFocus, withNotice, withOpen } from '../state.js';
import { type Effect, type Step, step } from '../step.js';
import { tunnelChoice } from '../tunnel-choice.js';

type ServerAction = Extract<
  Action,
  { kind: 'start-server' | 'stop-server' | 'create-invite' | 'install-cloudflared' | 'kick' }
>;

const PLACE = 'server';
const DEFAULT_PORT = 8080;
const EVERY_ADDRESS = '0.0.0.0';

/** Hosting, and who is there. */
export function performOnServer(state: State, action: ServerAction): Step {
  const cleared = withNotice(state, PLACE, undefined);
  switch (action.kind) {
    case 'start-server':
      return startServer(cleared);
    case 'stop-server':
      return step(withOpen(cleared, { invite: undefined }), STOP);
    case 'create-invite':
      return step(cleared, INVITE);
    case 'install-cloudflared':
      return step(cleared, INSTALL);
    case 'kick':
      return step(cleared, kick(action.session));
    default:
      return action satisfies never;
  }
}

function startServer(state: State): Step {
  const typed = textOf(state, 'server.port').trim();
  const port = typed === '' ? DEFAULT_PORT : Number(typed);
  if (!/^\d{0,5}$/u.test(typed) || port > 65_535) {
    const text = 'A port is a number from 0 to 65535; 0 takes a free one.';
    return step(
      withFocus(withNotice(state, PLACE, { kind: 'bad', text }), { control: 'server.port' }),
    );
  }
  const tunnel = tunnelChoice(state);
  const tokenFile = textOf(state, 'server.token-file').trim();
  const publicUrl = textOf(state, 'server.public-url').trim();
  const params: ParamsOf<'host.start'> = {
    port,
    tunnel,
    hostname: state.choices['lan'] === 'on' ? EVERY_ADDRESS : '127.0.0.1',
    policy: state.choices['ask'] === 'on' ? 'ask' : 'contacts',
    ...(tunnel === 'named' && tokenFile !== '' ? { tokenFile } : {}),
    ...(tunnel === 'named' && publicUrl !== '' ? { publicUrl } : {}),
  };
  return step(withFocus(state, { control: 'start' }), {
    kind: 'task',
    place: PLACE,
    waiting: tunnel === 'none' ? 'Starting ...' : 'Starting; a tunnel takes some 15 s ...',
    run: async (gravy) => {
      try {
        await gravy.call('host.start', params);
      } catch (error) {
        if (!isMessengerError(error) || error.code !== 'cloudflared_missing') throw error;
        return (later) =>
          step({
            ...withNotice(later, PLACE, { kind: 'bad', text: error.message }),
            choices: { ...later.choices, cloudflared: 'missing' },
          });
      }
      return (later) => step(withFocus(later, { control: undefined }), RELOAD);
    },
  });
}

const RELOAD: Effect = { kind: 'load', parts: ['host', 'sessions'] };

const STOP: Effect = {
  kind: 'task',
  place: PLACE,
  waiting: 'Stopping; clients are told ...',
  run: async (gravy) => {
    await gravy.call('host.stop', {});
    return (state) => step(withFocus(state, { control: undefined }), RELOAD);
  },
};

const INVITE: Effect = {
  kind: 'task',
  place: PLACE,
  waiting: '',
  run: async (gravy) => {
    const invite = await gravy.call('invite.create', {});
    return (state) => step(withFocus(withOpen(state, { invite }), { control: 'copy-invite' }));
  },
};

const INSTALL: Effect = {
  kind: 'task',
  place: PLACE,
  waiting: 'Downloading cloudflared ...',
  run: async (gravy) => {
    const { version } = await gravy.call('tunnel.install', { consent: true });
    return (state) =>
      step({
        ...withNotice(state, PLACE, { kind: 'good', text: `cloudflared ${version} is there.` }),
        choices: { ...state.choices, cloudflared: 'found' },
      });
  },
};

function kick(session: string): Effect {
  return {
    kind: 'task',
    place: `client:${session}`,
    waiting: 'Ending the session ...',
    run: async (gravy) => {
      await gravy.call('session.close', { session });
      return (state) => step(withFocus(state, { control: undefined }), RELOAD);
    },
  };
}
