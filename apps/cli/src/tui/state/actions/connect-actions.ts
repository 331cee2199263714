import type { Gravy } from '@gravy/messenger';
import { isInvite } from '../../../chat/connect-target.js';
import type { Action } from '../action.js';
import { type State, textOf, withField, withFocus, withNotice, withoutFields } from '../state.js';
import { type Step, step } from '../step.js';
import { fieldWith } from '../text-field.js';
import { show } from './show-actions.js';

type ConnectAction = Extract<Action, { kind: 'fill-contact' | 'connect' }>;

const PLACE = 'connect';

/** What was marked on a screen has line breaks where its rows ended, and an invite has no spaces. */
function typedAddress(state: State): string {
  const typed = textOf(state, 'connect.url').trim();
  return isInvite(typed) ? typed.replaceAll(/\s/gu, '') : typed;
}

/** Who is not answered for so long is perhaps held at the door (Spec 2.7). */
const PATIENCE = {
  afterMs: 4_000,
  text: 'No answer yet. Perhaps they are being asked whether to let you in: that can take a minute.',
};

/** Connecting to somebody who hosts. */
export function performConnect(state: State, action: ConnectAction): Step {
  if (state.stage.kind !== 'open') return step(state);
  const { contacts } = state.stage.data;
  if (action.kind === 'connect') return connect(state);
  const contact = contacts.find(({ id }) => id === action.contact);
  if (contact === undefined) return step(state);
  const typed = typedAddress(state);
  const url = typed === '' || isInvite(typed) ? (contact.addresses[0] ?? '') : typed;
  let filled = withField(state, 'connect.url', fieldWith(url));
  filled = withField(filled, 'connect.name', fieldWith(contact.name));
  filled = withField(filled, 'connect.id', fieldWith(contact.id));
  const next = url === '' ? 'connect.url' : 'connect';
  return step(withFocus(withNotice(filled, PLACE, undefined), { control: next }));
}

interface Target {
  readonly url: string;
  readonly name: string;
  readonly id: string;
}

function connect(state: State): Step {
  const target: Target = {
    url: typedAddress(state),
    name: textOf(state, 'connect.name').trim(),
    id: textOf(state, 'connect.id').trim(),
  };
  const problem = problemOf(target);
  if (problem !== undefined) {
    const [control, text] = problem;
    return step(withFocus(withNotice(state, PLACE, { kind: 'bad', text }), { control }));
  }
  return step(withNotice(state, PLACE, undefined), {
    kind: 'task',
    place: PLACE,
    waiting: 'Connecting ...',
    patience: PATIENCE,
    run: async (gravy) => {
      const { contact } = await dial(gravy, target);
      return (later) => {
        const cleared = withoutFields(later, 'connect.url', 'connect.name', 'connect.id');
        const isStillThere =
          later.stage.kind === 'open' &&
          later.stage.section.kind === 'connect' &&
          later.focus.area === 'page';
        // Whoever went on to something else meanwhile is not torn away from it.
        const next = isStillThere ? show(cleared, { kind: 'conversation', contact }) : cleared;
        return step(next, { kind: 'load', parts: ['contacts', 'sessions'] });
      };
    },
  });
}

/** What is missing: where, and in words. */
function problemOf({ url, name, id }: Target): readonly [string, string] | undefined {
  if (isInvite(url)) return undefined;
  if (url === '' && id === '' && name === '') {
    return ['connect.url', 'Paste the URL or the invite you got, or choose a contact below.'];
  }
  if (id === '' && name === '') {
    return ['connect.name', 'With a URL goes whom you expect there: choose a contact below.'];
  }
  return undefined;
}

/** A key that is no contact yet becomes one: a session needs a pinned key on both sides. */
async function dial(gravy: Gravy, { url, name, id }: Target): Promise<{ contact: string }> {
  if (isInvite(url)) {
    return gravy.call('session.connect', { invite: url, ...(name === '' ? {} : { name }) });
  }
  const contacts = await gravy.call('contact.list', {});
  const known =
    id === ''
      ? contacts.find((contact) => contact.name.toLowerCase() === name.toLowerCase())
      : contacts.find((contact) => contact.id === id.toLowerCase());
  const contact =
    known?.id ??
    (id === ''
      ? name
      : (await gravy.call('contact.add', { id, name: name === '' ? id.slice(0, 12) : name })).id);
  return gravy.call('session.connect', { contact, ...(url === '' ? {} : { url }) });
}
