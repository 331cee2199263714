import type { Message } from '../../api/schemas.js';
import type { StoredMessage } from '../ports/store.js';
import { idToText, messageIdFromText } from './text-ids.js';

/** Marks the received copy in a conversation with oneself, where both copies have one wire id. */
const OWN_COPY_SUFFIX = '.in';

/** A stored message as the API shows it. */
export function messageView(message: StoredMessage, contact: string, ownId: string): Message {
  const isOwnCopy = contact === ownId && message.direction === 'in';
  return {
    id: idToText(message.id) + (isOwnCopy ? OWN_COPY_SUFFIX : ''),
    contact,
    direction: message.direction,
    at: message.at,
    ...(message.receivedAt === undefined ? {} : { receivedAt: message.receivedAt }),
    text: message.text,
    state: message.state,
    ...(message.replyTo === undefined ? {} : { replyTo: idToText(message.replyTo) }),
  };
}

/** Where the message behind an id of the API may stand. @throws MessengerError `no_such_message` */
export function messageKey(text: string): { id: Uint8Array; directions: ('in' | 'out')[] } {
  if (text.endsWith(OWN_COPY_SUFFIX)) {
    return { id: messageIdFromText(text.slice(0, -OWN_COPY_SUFFIX.length)), directions: ['in'] };
  }
  return { id: messageIdFromText(text), directions: ['out', 'in'] };
}
