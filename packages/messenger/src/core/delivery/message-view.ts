import type { Message } from '../../api/schemas.js';
import { fileView } from '../files/file-view.js';
import type { StoredMessage } from '../ports/store.js';
import { messageId } from './message-id.js';
import { idToText } from './text-ids.js';

/** A stored message as the API shows it. */
export function messageView(message: StoredMessage, contact: string, ownId: string): Message {
  const { file } = message;
  return {
    id: messageId(message, contact, ownId),
    contact,
    direction: message.direction,
    at: message.at,
    ...(message.receivedAt === undefined ? {} : { receivedAt: message.receivedAt }),
    ...(file === undefined
      ? { text: message.text }
      : { file: fileView({ ...message, file }, contact, ownId) }),
    state: message.state,
    ...(message.replyTo === undefined ? {} : { replyTo: idToText(message.replyTo) }),
  };
}
