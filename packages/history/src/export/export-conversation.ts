import type { StoredMessage } from '../message-row.js';
import type { HistoryStore } from '../open-history.js';
import { htmlExport } from './html-export.js';
import { jsonExport } from './json-export.js';
import { textExport } from './text-export.js';

/** Which conversation is written, and how. */
export interface ExportOptions {
  /** The contact's id; one that was removed will do, while its messages are there. */
  readonly contact: Uint8Array;
  readonly format: 'json' | 'text' | 'html';
  /** How the owner of the store is called in it. "Me" unless given. */
  readonly ownName?: string | undefined;
  /** How ids are written. In hexadecimal unless given. */
  readonly idText?: ((id: Uint8Array) => string) | undefined;
}

/** What a format has to write. */
interface Exported {
  readonly contact: { readonly id: Uint8Array; readonly name: string; readonly verified: boolean };
  readonly ownName: string;
  readonly idText: (id: Uint8Array) => string;
}

/** How one format writes a conversation. */
export interface ExportFormat {
  begin(exported: Exported): string;
  message(message: StoredMessage, exported: Exported, isFirst: boolean): string;
  end(exported: Exported): string;
}

const PAGE_MESSAGES = 200;

/**
 * A conversation as a text in pieces, oldest message first, in constant memory. The pieces are to be
 * written as UTF-8, one after the other. What is stored meanwhile is part of it. Text and HTML show what
 * a peer wrote and let none of it act: no markup, no control characters, no change of direction that
 * reaches beyond its message. JSON has everything as it was sent.
 * @throws HistoryError
 */
export async function* exportConversation(
  store: Pick<HistoryStore, 'contacts' | 'messages'>,
  options: ExportOptions,
): AsyncGenerator<string, void, void> {
  const format = { json: jsonExport, text: textExport, html: htmlExport }[options.format];
  const { id, name, verified } = store.contacts.get(options.contact) ?? {
    id: options.contact,
    name: '',
    verified: false,
  };
  const exported: Exported = {
    contact: { id, name, verified },
    ownName: options.ownName ?? 'Me',
    idText: options.idText ?? ((bytes) => Buffer.from(bytes).toString('hex')),
  };
  yield format.begin(exported);
  let after = 0;
  for (let isFirst = true; ;) {
    const messages = store.messages.from(id, { after, limit: PAGE_MESSAGES });
    if (messages.length === 0) break;
    let piece = '';
    for (const message of messages) {
      piece += format.message(message, exported, isFirst);
      isFirst = false;
      after = message.sequence;
    }
    yield piece;
    // Others have their turn between two pages, however fast the pieces are taken.
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield format.end(exported);
}
