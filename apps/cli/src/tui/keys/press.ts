import { frameOf } from '../screen/frame.js';
import { layOut } from '../screen/layout.js';
import { controlsOf, fieldAt, type Page } from '../screen/page.js';
import { viewportOf } from '../screen/viewport.js';
import { pageOf } from '../pages/page-of.js';
import type { KeyPress } from '../state/key.js';
import { type Direction, focusedControl, lastControl, neighbour } from '../screen/move.js';
import { perform } from '../state/perform.js';
import { pressInSidebar } from './press-in-sidebar.js';
import {
  fieldOf,
  shownContact,
  type StartStage,
  type State,
  withField,
  withFocus,
  withOverlay,
  withStart,
} from '../state/state.js';
import { type Step, step } from '../state/step.js';
import {
  eraseAfter,
  eraseBefore,
  eraseToStart,
  eraseWord,
  insertText,
  moveCursor,
  type TextField,
} from '../state/text-field.js';

/** What a key does. A conversation that has the focus takes its own. */
export function press(state: State, key: KeyPress): Step {
  if (state.overlay === undefined && state.stage.kind === 'open') {
    if (state.focus.area === 'sidebar') return pressInSidebar(state, state.stage, key);
    if (state.stage.section.kind === 'conversation') return pressInConversation(state, key);
  }
  if (state.stage.kind === 'start' && !takesKey(state.stage, key)) return step(state);
  const page = pageOf(state);
  return page === undefined ? step(state) : pressOnPage(state, page, key);
}

/** It takes its keys itself, but for those that get one out of one that is not there (yet). */
function pressInConversation(state: State, key: KeyPress): Step {
  if (state.stage.kind !== 'open' || shownContact(state.stage) !== undefined) return step(state);
  return key.kind === 'escape' ? escape(state) : step(state);
}

/** What is typed as a password must not act on anything else, neither now nor later. */
function takesKey({ form, isOpening }: StartStage, key: KeyPress): boolean {
  if (isOpening) return false;
  return form !== 'join' || key.kind === 'enter' || key.kind === 'escape';
}

/** A paste is text, whatever it holds: it can neither submit nor quit. A conversation takes its own. */
export function paste(state: State, text: string): Step {
  if (state.stage.kind === 'start' && state.stage.isOpening) return step(state);
  const page = pageOf(state);
  if (page === undefined || (state.overlay === undefined && state.focus.area === 'sidebar')) {
    return step(state);
  }
  const field = fieldAt(page, focusedControl(page, state.focus.control));
  if (field === undefined) return step(state);
  return step(withField(state, field.id, insertText(fieldOf(state, field.id), text)));
}

function pressOnPage(state: State, page: Page, key: KeyPress): Step {
  const focus = focusedControl(page, state.focus.control);
  const field = fieldAt(page, focus);
  if (field !== undefined) {
    const edited = editField(fieldOf(state, field.id), key);
    if (edited !== undefined) {
      return step({ ...withField(state, field.id, edited), scroll: undefined });
    }
  }
  switch (key.kind) {
    case 'tab':
      return tab(state, page, 'next');
    case 'backtab':
      return tab(state, page, 'previous');
    case 'up':
    case 'down':
      return controlsOf(page).length === 0
        ? scroll(state, page, key.kind === 'up' ? -1 : 1)
        : arrow(state, page, key.kind);
    case 'left':
    case 'right':
      return arrow(state, page, key.kind);
    case 'pageUp':
    case 'pageDown':
      return scroll(state, page, (frameOf(state).pageRows - 1) * (key.kind === 'pageUp' ? -1 : 1));
    case 'home':
      return step({ ...state, scroll: 0 });
    case 'end':
      return scroll(
        state,
        page,
        layOut(page, { columns: frameOf(state).pageColumns, focus }).lines.length,
      );
    case 'escape':
      return escape(state);
    case 'enter':
      return enter(state, page, focus);
    case 'text':
      return typed(state, page, key.text, focus);
    case 'backspace':
    case 'delete':
    case 'ctrl':
      return step(state);
    default:
      return key satisfies never;
  }
}

/** What a key does to a field; undefined if it is not for the field. */
function editField(field: TextField, key: KeyPress): TextField | undefined {
  switch (key.kind) {
    case 'text':
      return insertText(field, key.text);
    case 'backspace':
      return eraseBefore(field);
    case 'delete':
      return eraseAfter(field);
    case 'left':
    case 'right':
      return moveCursor(field, key.kind === 'left' ? -1 : 1);
    case 'home':
      return moveCursor(field, Number.NEGATIVE_INFINITY);
    case 'end':
      return moveCursor(field, Number.POSITIVE_INFINITY);
    case 'ctrl':
      if (key.letter === 'u') return eraseToStart(field);
      return key.letter === 'w' ? eraseWord(field) : undefined;
    case 'tab':
    case 'backtab':
    case 'enter':
    case 'escape':
    case 'up':
    case 'down':
    case 'pageUp':
    case 'pageDown':
      return undefined;
    default:
      return key satisfies never;
  }
}

/** Past the end of a page Tab leads to the sidebar, and where there is none, around. */
function tab(state: State, page: Page, to: 'next' | 'previous'): Step {
  const control = neighbour(page, state.focus.control, to);
  if (control !== undefined) return step(withFocus(state, { control }));
  const hasSidebar = state.overlay === undefined && state.stage.kind === 'open';
  if (hasSidebar) return step(withFocus(state, { area: 'sidebar', control: undefined }));
  const around = to === 'next' ? controlsOf(page)[0]?.[0]?.id : lastControl(page);
  return step(withFocus(state, { control: around }));
}

function arrow(state: State, page: Page, to: Direction): Step {
  const control = neighbour(page, state.focus.control, to);
  return control === undefined ? step(state) : step(withFocus(state, { control }));
}

function scroll(state: State, page: Page, by: number): Step {
  const { pageColumns, pageRows } = frameOf(state);
  const focus = focusedControl(page, state.focus.control);
  const layout = layOut(page, { columns: pageColumns, focus });
  const { top } = viewportOf(layout, pageRows, state.scroll);
  return step({ ...state, scroll: viewportOf(layout, pageRows, top + by).top });
}

function escape(state: State): Step {
  if (state.overlay !== undefined) return perform(state, { kind: 'close' });
  if (state.stage.kind === 'start') {
    const { form } = state.stage;
    if (form === 'join') return step(withStart(state, { form: 'log-in', chosen: undefined }));
    return form === 'create' && (state.stage.accounts?.length ?? 0) > 0
      ? perform(state, { kind: 'show-log-in' })
      : step(state);
  }
  return step(withFocus(state, { area: 'sidebar', control: undefined }));
}

function enter(state: State, page: Page, focus: string | undefined): Step {
  const control = controlsOf(page)
    .flat()
    .find(({ id }) => id === focus);
  if (control === undefined) {
    return state.overlay === undefined || controlsOf(page).length > 0
      ? step(state)
      : perform(state, { kind: 'close' });
  }
  if (control.action !== undefined) return perform(state, control.action);
  const next = neighbour(page, focus, 'next');
  return next === undefined ? step(state) : step(withFocus(state, { control: next }));
}

function typed(state: State, page: Page, text: string, focus: string | undefined): Step {
  if (text === '?') return step(withOverlay(state, { kind: 'help' }));
  const { overlay } = state;
  if (overlay === undefined) return text === ' ' ? enter(state, page, focus) : step(state);
  // What asks for a decision takes none from a text that was meant for something else.
  if (text === 'q') return perform(state, { kind: 'close' });
  if (text === 'y' && overlay.kind === 'safety-number') {
    return perform(state, { kind: 'set-verified', contact: overlay.contact, isVerified: true });
  }
  return step(state);
}
