import { shownEntry, sidebarEntries } from '../pages/sidebar.js';
import type { Section } from '../state/action.js';
import { conversations } from '../state/data.js';
import type { KeyPress } from '../state/key.js';
import { perform } from '../state/perform.js';
import { type OpenStage, type State, withFocus, withOverlay } from '../state/state.js';
import { type Step, step } from '../state/step.js';

const LETTERS: Readonly<Record<string, Section>> = {
  '/': { kind: 'search' },
  f: { kind: 'files' },
  d: { kind: 'dashboard' },
  s: { kind: 'server' },
  c: { kind: 'connect' },
};

/** The arrows choose what the right side shows; Enter goes there. */
export function pressInSidebar(state: State, stage: OpenStage, key: KeyPress): Step {
  switch (key.kind) {
    case 'up':
      return chooseEntry(state, stage, -1);
    case 'down':
      return chooseEntry(state, stage, 1);
    case 'pageUp':
      return chooseEntry(state, stage, -10);
    case 'pageDown':
      return chooseEntry(state, stage, 10);
    case 'home':
      return chooseEntry(state, stage, Number.NEGATIVE_INFINITY);
    case 'end':
      return chooseEntry(state, stage, Number.POSITIVE_INFINITY);
    case 'enter':
    case 'tab':
    case 'right':
      return step(withFocus(state, { area: 'page', control: undefined }));
    case 'text':
      return letter(state, stage, key.text);
    case 'backtab':
      return step(withFocus(state, { area: 'page', control: undefined }));
    case 'escape':
    case 'left':
    case 'backspace':
    case 'delete':
    case 'ctrl':
      return step(state);
    default:
      return key satisfies never;
  }
}

function chooseEntry(state: State, stage: OpenStage, by: number): Step {
  const entries = sidebarEntries(stage);
  const shown = shownEntry(entries, stage);
  const wanted = Math.max(0, Math.min(entries.length - 1, shown + by));
  const entry = entries[wanted];
  if (entry === undefined || wanted === shown) return step(state);
  const moved = perform(state, { kind: 'show', section: entry.section });
  return { ...moved, state: withFocus(moved.state, { area: 'sidebar', control: undefined }) };
}

function letter(state: State, stage: OpenStage, text: string): Step {
  if (text === '?') return step(withOverlay(state, { kind: 'help' }));
  if (text === 'n') {
    const unread = conversations(stage.data).find((contact) => contact.unread > 0);
    if (unread === undefined) return step(state);
    return perform(state, {
      kind: 'show',
      section: { kind: 'conversation', contact: unread.id },
    });
  }
  const section = LETTERS[text];
  return section === undefined ? step(state) : perform(state, { kind: 'show', section });
}
