import type { Action } from '../action.js';
import {
  fieldOf,
  type State,
  textOf,
  withFocus,
  withNotice,
  withOpen,
  withOverlay,
  withoutFields,
  withoutOverlay,
} from '../state.js';
import { type Effect, type Step, step, type Transition } from '../step.js';

type ContactAction = Extract<
  Action,
  {
    kind:
      | 'unfold'
      | 'show-add-contact'
      | 'add-contact'
      | 'verify'
      | 'set-verified'
      | 'ask-delete-history'
      | 'ask-remove-contact'
      | 'delete-history'
      | 'remove-contact'
      | 'accept-request'
      | 'decline-request'
      | 'block-request';
  }
>;

/** The contacts of the dashboard, and who asks to become one. */
export function performOnContact(state: State, action: ContactAction): Step {
  if (state.stage.kind !== 'open') return step(state);
  switch (action.kind) {
    case 'unfold': {
      const isOpen = state.stage.unfolded === action.contact;
      return step(withOpen(state, { unfolded: isOpen ? undefined : action.contact }));
    }
    case 'show-add-contact':
      return step(withFocus(withOpen(state, { isAddingContact: true }), { control: 'add.name' }));
    case 'add-contact':
      return addContact(state);
    case 'verify':
      return step(state, safetyNumber(action.contact));
    case 'set-verified':
      return step(state, setVerified(action.contact, action.isVerified));
    case 'ask-delete-history':
      return ask(state, action.contact, 'history');
    case 'ask-remove-contact':
      return ask(state, action.contact, 'contact');
    case 'delete-history':
      return step(state, {
        kind: 'task',
        place: 'question',
        waiting: 'Deleting ...',
        run: async (gravy) => {
          await gravy.call('history.delete', { contact: action.contact });
          return done(`contact:${action.contact}`, 'The history is deleted, on this side.');
        },
      });
    case 'remove-contact':
      return step(state, {
        kind: 'task',
        place: 'question',
        waiting: 'Removing ...',
        run: async (gravy) => {
          await gravy.call('contact.remove', { contact: action.contact });
          return done('add', 'The contact is removed. The history stays until it is deleted.');
        },
      });
    case 'accept-request':
      return acceptRequest(state, action.id);
    case 'decline-request':
    case 'block-request':
      return step(state, decline(action.id, action.kind === 'block-request'));
    default:
      return action satisfies never;
  }
}

const nameOf = (state: State, contact: string): string => {
  const contacts = state.stage.kind === 'open' ? state.stage.data.contacts : [];
  return contacts.find(({ id }) => id === contact)?.name ?? contact;
};

/** Closes the question, says what was done, and shows what is left. */
function done(place: string, text: string): Transition {
  return (state) =>
    step(withNotice(withoutOverlay(state), place, { kind: 'good', text }), {
      kind: 'load',
      parts: ['contacts', 'files'],
    });
}

function addContact(state: State): Step {
  const name = textOf(state, 'add.name').trim();
  const id = textOf(state, 'add.id').trim();
  const missing = name === '' ? 'add.name' : id === '' ? 'add.id' : undefined;
  if (missing !== undefined) {
    const text = missing === 'add.name' ? 'A contact needs a name.' : 'Paste their public key.';
    return step(withFocus(withNotice(state, 'add', { kind: 'bad', text }), { control: missing }));
  }
  return step(withNotice(state, 'add', undefined), {
    kind: 'task',
    place: 'add',
    waiting: 'Adding ...',
    run: async (gravy) => {
      const contact = await gravy.call('contact.add', { id, name });
      return (later) => {
        const added = withoutFields(
          withOpen(later, { isAddingContact: false, unfolded: contact.id }),
          'add.name',
          'add.id',
        );
        const text = `${contact.name} is a contact now. Compare the safety number: Verify.`;
        return step(
          withFocus(withNotice(added, `contact:${contact.id}`, { kind: 'good', text }), {
            control: `contact:${contact.id}`,
          }),
          { kind: 'load', parts: ['contacts'] },
        );
      };
    },
  });
}

function safetyNumber(contact: string): Effect {
  return {
    kind: 'task',
    place: `contact:${contact}`,
    waiting: '',
    run: async (gravy) => {
      const { number } = await gravy.call('contact.safetyNumber', { contact });
      return (state) =>
        step(
          isAskedFor(state, contact)
            ? withOverlay(state, { kind: 'safety-number', contact, number })
            : state,
        );
    },
  };
}

/** Whoever has gone on meanwhile must not have keys meant for something else act on it. */
function isAskedFor({ stage, overlay, focus }: State, contact: string): boolean {
  return (
    overlay === undefined &&
    stage.kind === 'open' &&
    stage.section.kind === 'dashboard' &&
    focus.area === 'page' &&
    focus.control === `verify:${contact}`
  );
}

function setVerified(contact: string, verified: boolean): Effect {
  return {
    kind: 'task',
    place: 'overlay',
    waiting: '',
    run: async (gravy) => {
      await gravy.call('contact.setVerified', { contact, verified });
      const text = verified
        ? 'Verified.'
        : 'Not verified. Somebody may be in between: do not write anything secret, and compare again.';
      return (state) =>
        step(
          withNotice(withoutNumber(state, contact), `contact:${contact}`, {
            kind: verified ? 'good' : 'bad',
            text,
          }),
          { kind: 'load', parts: ['contacts'] },
        );
    },
  };
}

function withoutNumber(state: State, contact: string): State {
  const { overlay } = state;
  return overlay?.kind === 'safety-number' && overlay.contact === contact
    ? withoutOverlay(state)
    : state;
}

function ask(state: State, contact: string, what: 'history' | 'contact'): Step {
  const name = nameOf(state, contact);
  return step(
    withOverlay(
      state,
      what === 'history'
        ? {
            kind: 'question',
            title: 'Delete history',
            text: `All messages with ${name} are deleted on this machine, for good. What ${name} has stays there. Received files stay.`,
            yes: 'Delete history',
            action: { kind: 'delete-history', contact },
          }
        : {
            kind: 'question',
            title: 'Remove contact',
            text: `${name} can connect no more, and what waits to be sent is not sent. The history stays.`,
            yes: 'Remove contact',
            action: { kind: 'remove-contact', contact },
          },
    ),
  );
}

function acceptRequest(state: State, id: string): Step {
  const field = `request.name:${id}`;
  const name = fieldOf(state, field).text.trim();
  const place = `request:${id}`;
  if (name === '') {
    const text = 'Give them a name first.';
    return step(withFocus(withNotice(state, place, { kind: 'bad', text }), { control: field }));
  }
  return step(withNotice(state, place, undefined), {
    kind: 'task',
    place,
    waiting: 'Letting them in ...',
    run: async (gravy) => {
      await gravy.call('request.accept', { id, name });
      return (later) =>
        step(withoutFields(later, field), { kind: 'load', parts: ['requests', 'contacts'] });
    },
  });
}

function decline(id: string, block: boolean): Effect {
  return {
    kind: 'task',
    place: `request:${id}`,
    waiting: '',
    run: async (gravy) => {
      await gravy.call('request.decline', { id, block });
      return (state) => step(state, { kind: 'load', parts: ['requests'] });
    },
  };
}
