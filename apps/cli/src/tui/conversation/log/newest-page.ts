import type { Message } from '@gravy/messenger';
import {
  endOf,
  type Entry,
  entryOf,
  type Log,
  logOf,
  type MessageEntry,
  type Page,
  placeOf,
} from './log.js';

/** What was told while a page was read, by id: the page may be older than that. */
export interface Since {
  /** Messages that were shown. */
  readonly arrived: ReadonlySet<string>;
  /** Messages and files of which there is something new. */
  readonly told: ReadonlySet<string>;
}

/**
 * Brings the log up to the newest page of the store; `since` is what came while it was read, and may
 * not be on it. If the two do not touch, too much has happened in between (or the
 * conversation was deleted), and the page is all that is kept, with what this program said.
 */
export function withNewest(log: Log, page: Page, since: Since): Log {
  const [first] = page.messages;
  const place = first === undefined ? undefined : placeOf(log, first.id);
  const from = place === undefined ? -1 : place - log.first;
  const news = new Map(page.messages.map((message) => [message.id, message]));
  const kept = log.entries.flatMap((entry, index): Entry[] => {
    if (index < from || entry.kind !== 'message') return [entry];
    const { id } = entry.message;
    const message = news.get(id);
    // What is not there any more was deleted in another place.
    if (message === undefined) return since.arrived.has(id) ? [entry] : [];
    if (from === -1) return [];
    news.delete(id);
    return [withStored(entry, message, since)];
  });
  const rest = [...news.values()].map(entryOf);
  if (from !== -1) return logOf({ ...log, entries: [...kept, ...rest] });
  return logOf({ first: endOf(log), entries: [...rest, ...kept], more: page.more });
}

/** A message as the store has it, but for what was told since. */
function withStored(entry: MessageEntry, stored: Message, { told }: Since): MessageEntry {
  const known = entry.message;
  const state = told.has(stored.id) ? known.state : stored.state;
  if (known.state === state && known.file === undefined && stored.file === undefined) return entry;
  return { ...entry, message: { ...withFileOf(known, stored, told), state } };
}

/** How far a file is is stored now and then; events told more. */
function withFileOf(known: Message, stored: Message, told: ReadonlySet<string>): Message {
  const { file } = stored;
  if (known.file === undefined || file === undefined) return stored;
  if (told.has(file.id)) return { ...stored, file: known.file };
  if (file.state !== 'transferring' || known.file.state !== file.state) return stored;
  return { ...stored, file: { ...file, bytes: Math.max(file.bytes, known.file.bytes) } };
}
