import { exportConversation, type HistoryStore } from '@gravy/history';
import { encodeId } from '@gravy/identity';
import type { WriteConversation } from '../core/ports/store.js';
import { writeNewFile } from './write-new-file.js';

/** Exports of @gravy/history, into a file. */
export function conversationWriter(store: HistoryStore): WriteConversation {
  return async ({ contact, format, path, ownName }) => {
    const own = ownName === '' ? {} : { ownName };
    await writeNewFile(path, async (file) => {
      const pieces = exportConversation(store, { contact, format, idText: encodeId, ...own });
      for await (const piece of pieces) await file.appendFile(piece);
    });
  };
}
