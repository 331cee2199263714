import type { FileInfo } from '../../api/schemas.js';
import type { StoredFileMessage } from '../ports/transfer-store.js';
import { messageId } from '../delivery/message-id.js';

/** A file as the API shows it. Not everything is there before its hash was checked (never 100 % too early). */
export function fileView(
  message: Omit<StoredFileMessage, 'sequence'>,
  contact: string,
  ownId: string,
): FileInfo {
  const { size, state, bytes, path, reason, isFolder } = message.file;
  return {
    id: messageId(message, contact, ownId),
    contact,
    direction: message.direction,
    name: message.text,
    size,
    bytes: state === 'done' ? size : unverifiedBytes(bytes, size),
    state,
    folder: isFolder,
    ...(path === undefined ? {} : { path }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What is shown of a file that is not verified yet. */
export function unverifiedBytes(bytes: number, size: number): number {
  return Math.min(bytes, Math.max(0, size - 1));
}
