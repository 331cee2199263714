import { escapeLine } from '../terminal/escape.js';
import { truncate } from '../terminal/truncate.js';
import { type ChatState, isOnline, nameOf } from './chat-state.js';

const MAX_NAME_COLUMNS = 24;

/** Whom the line being typed goes to, in front of it. */
export function promptFor(state: ChatState): string {
  const { partner } = state;
  if (partner.kind === 'none') return '> ';
  const name = truncate(escapeLine(nameOf(state, partner.contact)), MAX_NAME_COLUMNS);
  if (!isOnline(state, partner.contact)) return `${name} (offline)> `;
  return `${name}${state.typing.has(partner.contact) ? ' (typing)' : ''}> `;
}
