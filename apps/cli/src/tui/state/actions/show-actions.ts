import { renderQr } from '../../../terminal/qr.js';
import type { Action, Section } from '../action.js';
import {
  type State,
  withFocus,
  withNotice,
  withOpen,
  withOverlay,
  withoutFields,
  withoutOverlay,
} from '../state.js';
import { type Effect, type Step, step } from '../step.js';

type ShowAction = Extract<
  Action,
  {
    kind:
      | 'copy'
      | 'show-qr'
      | 'show-text'
      | 'show'
      | 'choose'
      | 'toggle'
      | 'close'
      | 'dismiss-advice';
  }
>;

/** What changes the view alone. */
export function performShow(state: State, action: ShowAction): Step {
  switch (action.kind) {
    case 'copy': {
      const text = 'Copied, if this terminal lets programs copy. If not, mark it with the mouse.';
      return step(withNotice(state, action.place, { kind: 'good', text }), {
        kind: 'copy',
        text: action.text,
      });
    }
    case 'show-qr':
      return step(
        withOverlay(state, { kind: 'qr', title: action.title, rows: undefined }),
        drawQr(action.title, action.text),
      );
    case 'show-text':
      return step(withOverlay(state, { kind: 'text', title: action.title, text: action.text }));
    case 'show':
      return step(show(state, action.section));
    case 'choose':
      return step({ ...state, choices: { ...state.choices, [action.name]: action.value } });
    case 'toggle': {
      const value = state.choices[action.name] === 'on' ? 'off' : 'on';
      return step({ ...state, choices: { ...state.choices, [action.name]: value } });
    }
    case 'close':
      return step(close(state));
    case 'dismiss-advice':
      return step(withFocus(withOpen(state, { advice: [] }), { control: undefined }));
    default:
      return action satisfies never;
  }
}

/** What went well was said where it happened, and is not news any more. */
export function show(state: State, section: Section): State {
  const notices = Object.entries(state.notices).filter(([, { kind }]) => kind === 'bad');
  const left = { ...withoutOverlay(state), notices: Object.fromEntries(notices) };
  return withFocus(withOpen(left, { section }), {
    area: 'page',
    control: undefined,
  });
}

/** What lies on top; without that, the form for a new contact. */
function close(state: State): State {
  if (state.overlay !== undefined) {
    return withNotice(
      withNotice(withoutOverlay(state), 'overlay', undefined),
      'question',
      undefined,
    );
  }
  const closed = withoutFields(withOpen(state, { isAddingContact: false }), 'add.name', 'add.id');
  return withFocus(withNotice(closed, 'add', undefined), { control: 'show-add' });
}

/** Not of the core, but as slow to load: the library of it comes with the first code that is drawn. */
function drawQr(title: string, text: string): Effect {
  return {
    kind: 'task',
    place: 'overlay',
    waiting: 'Drawing ...',
    run: async () => {
      const rows = await renderQr(text);
      return (state) =>
        state.overlay?.kind === 'qr' && state.overlay.title === title
          ? step({ ...state, overlay: { kind: 'qr', title, rows } })
          : step(state);
    },
  };
}
