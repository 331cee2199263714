import type { FileOfferBody } from '../../application/file-bodies.js';
import type { StoredFileMessage } from '../ports/transfer-store.js';

/** What says in an offer that the file is an archive that stands for a folder. */
const FOLDER_TYPE = 'inode/directory';

/** The offer that a stored message stands for; a repeat says the same. */
export function offerOf({
  id,
  at,
  text,
  file,
}: Omit<StoredFileMessage, 'sequence'>): FileOfferBody {
  const type = file.isFolder ? FOLDER_TYPE : file.mediaType;
  return { id, at, name: text, size: file.size, ...(type === undefined ? {} : { type }) };
}

/** Whether what is offered is a folder, as an archive. */
export function isFolderOffer({ type }: FileOfferBody): boolean {
  return type === FOLDER_TYPE;
}
