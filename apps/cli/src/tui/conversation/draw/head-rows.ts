import { truncate } from '../../../terminal/truncate.js';
import { widestWidth } from '../../../terminal/width.js';
import { describeConnection } from '../connection.js';
import type { ConversationScreen } from '../screen/conversation-screen.js';
import type { Paint } from './paint.js';

/** For the page beside a sidebar at 80 columns. */
const OFFLINE_IN_SHORT = 'offline: messages wait until you are both online';

/** Whom one talks to, whether that is certain, and whether the line is alive. */
export function headRows(screen: ConversationScreen, { width, style, nowMs }: Paint): string[] {
  const { contact, connection } = screen.dialogue.state;
  const trust = contact.verified ? 'verified' : 'not verified';
  const room = Math.max(0, width - trust.length - 4);
  const name = truncate(screen.name, room);
  const gap = ' '.repeat(Math.max(1, room - widestWidth(name) + 2));
  const painted = contact.verified ? style.dim(trust) : style.warning(trust);
  const sentence = describeConnection(connection, nowMs);
  const isTooLong = connection.kind === 'offline' && widestWidth(sentence) > width - 2;
  const line = truncate(isTooLong ? OFFLINE_IN_SHORT : sentence, Math.max(0, width - 2));
  const isAlive = connection.kind === 'connected';
  return [
    ` ${style.bold(name)}${gap}${painted}`,
    ` ${isAlive ? style.dim(line) : style.warning(line)}`,
  ];
}
