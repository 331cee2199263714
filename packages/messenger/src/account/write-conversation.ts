import { exportConversation, type HistoryStore } from '@gravy/history';
import { encodeId } from '@gravy/identity';
import { idToText } from '../core/delivery/text-ids.js';
import type { WriteConversation } from '../core/ports/store.js';
import { writeNewFile } from './write-new-file.js';

/** Exports of @gravy/history, into a file. */
export function conversationWriter(store: HistoryStore): WriteConversation {
  return async ({ contact, format, path, ownName }) => {
    const own = ownName === '' ? {} : { ownName };
    await writeNewFile(path, async (file) => {
      const pieces = exportConversation(store, { contact, format, idText, ...own });
      for await (const piece of pieces) await file.appendFile(piece);
    });
  };
}

const PUBLIC_KEY_BYTES = 32;

/** As the API writes them: public keys, and ids of messages. */
function idText(id: Uint8Array): string {
  return id.length === PUBLIC_KEY_BYTES ? encodeId(id) : idToText(id);
}
