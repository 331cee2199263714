import type { StoredMessage } from '../ports/store.js';
import { idToText, messageIdFromText } from './text-ids.js';

/** Marks the received copy in a conversation with oneself, where both copies have one wire id. */
const OWN_COPY_SUFFIX = '.in';

/** The id by which the API knows a message. */
export function messageId(
  { id, direction }: Pick<StoredMessage, 'id' | 'direction'>,
  contact: string,
  ownId: string,
): string {
  const isOwnCopy = contact === ownId && direction === 'in';
  return idToText(id) + (isOwnCopy ? OWN_COPY_SUFFIX : '');
}

/** Where the message behind an id of the API may stand. @throws MessengerError `no_such_message` */
export function messageKey(text: string): { id: Uint8Array; directions: ('in' | 'out')[] } {
  if (text.endsWith(OWN_COPY_SUFFIX)) {
    return { id: messageIdFromText(text.slice(0, -OWN_COPY_SUFFIX.length)), directions: ['in'] };
  }
  return { id: messageIdFromText(text), directions: ['out', 'in'] };
}
