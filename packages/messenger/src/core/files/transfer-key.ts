import { idToText } from '../delivery/text-ids.js';
import type { MessageKey } from '../ports/store.js';

/** A transfer's key as text, for maps. */
export function keyText({ contact, direction, id }: MessageKey): string {
  return `${direction} ${idToText(id)} ${Buffer.from(contact).toString('base64url')}`;
}
