import type { FileInfo, Message, MessageState } from '@gravy/messenger';

/** What stands in a conversation. An entry never changes: what is known anew makes another one. */
export type Entry = MessageEntry | NoticeEntry;

export interface MessageEntry {
  readonly kind: 'message';
  readonly message: Message;
  /** Of a file under way. */
  readonly bytesPerSecond?: number;
}

/** Something that this program says; not stored. */
export interface NoticeEntry {
  readonly kind: 'notice';
  readonly at: number;
  /** Escaped. */
  readonly text: string;
  readonly tone: 'plain' | 'warning';
}

/**
 * The part of a conversation that was loaded, newest last. Entries are named by their place: that of
 * the first is `first`, and the others follow. Older ones get smaller places, so none ever moves.
 */
export interface Log {
  readonly first: number;
  readonly entries: readonly Entry[];
  /** Whether the store has older messages. */
  readonly more: boolean;
}

export interface Page {
  readonly messages: readonly Message[];
  readonly more: boolean;
}

export const EMPTY_LOG: Log = { first: 0, entries: [], more: false };

export function entryAt(log: Log, place: number): Entry | undefined {
  return log.entries[place - log.first];
}

/** The place after the last entry. */
export function endOf(log: Log): number {
  return log.first + log.entries.length;
}

export function placeOf(log: Log, id: string): number | undefined {
  const index = indexOf(log, id);
  return index === -1 ? undefined : log.first + index;
}

export function messageAt(log: Log, place: number): Message | undefined {
  const entry = entryAt(log, place);
  return entry?.kind === 'message' ? entry.message : undefined;
}

export function messageOf(log: Log, id: string): Message | undefined {
  const place = placeOf(log, id);
  return place === undefined ? undefined : messageAt(log, place);
}

export function withOlder(log: Log, page: Page): Log {
  const known = idsOf(log);
  const older = page.messages.filter(({ id }) => !known.has(id)).map(entryOf);
  const entries = [...older, ...log.entries];
  return { first: log.first - older.length, entries, more: page.more };
}

/**
 * Brings the log up to the newest page of the store; `arrived` are the messages that came while it was
 * read, and may not be on it. If the two do not touch, too much has happened in between (or the
 * conversation was deleted), and the page is all that is kept, with what this program said.
 */
export function withNewest(log: Log, page: Page, arrived: ReadonlySet<string>): Log {
  const [first] = page.messages;
  const from = first === undefined ? -1 : indexOf(log, first.id);
  const news = new Map(page.messages.map((message) => [message.id, message]));
  const kept = log.entries.flatMap((entry, index): Entry[] => {
    if (index < from || entry.kind !== 'message') return [entry];
    const { id } = entry.message;
    const message = news.get(id);
    // What is not there any more was deleted in another place.
    if (message === undefined) return arrived.has(id) ? [entry] : [];
    if (from === -1) return [];
    news.delete(id);
    return [
      isSame(entry.message, message)
        ? entry
        : { ...entry, message: withProgress(entry.message, message) },
    ];
  });
  const rest = [...news.values()].map(entryOf);
  if (from !== -1) return { ...log, entries: [...kept, ...rest] };
  return { first: endOf(log), entries: [...rest, ...kept], more: page.more };
}

/** A message that was just sent or received; a second one of the same id is the same message. */
export function withMessage(log: Log, message: Message): Log {
  if (indexOf(log, message.id) !== -1) return log;
  return withEntry(log, entryOf(message));
}

export function withEntry(log: Log, entry: Entry): Log {
  return { ...log, entries: [...log.entries, entry] };
}

/** Undefined if the log has no such message. */
export function withState(log: Log, id: string, state: MessageState): Log | undefined {
  const index = indexOf(log, id);
  const entry = log.entries[index];
  if (entry?.kind !== 'message') return undefined;
  const message = { ...entry.message, state };
  return { ...log, entries: log.entries.with(index, { ...entry, message }) };
}

/** What is known anew of a file; the same log if none of its messages carries it. */
export function withFile(
  log: Log,
  id: string,
  change: Partial<FileInfo>,
  bytesPerSecond?: number,
): Log {
  const index = log.entries.findLastIndex(
    (entry) => entry.kind === 'message' && entry.message.file?.id === id,
  );
  const entry = log.entries[index];
  if (entry?.kind !== 'message' || entry.message.file === undefined) return log;
  const file = { ...entry.message.file, ...change };
  const message = { ...entry.message, file };
  const rate = bytesPerSecond === undefined ? {} : { bytesPerSecond };
  return { ...log, entries: log.entries.with(index, { kind: 'message', message, ...rate }) };
}

/** From the end: what is looked for happened a moment ago, as a rule. */
function indexOf(log: Log, id: string): number {
  return log.entries.findLastIndex((entry) => entry.kind === 'message' && entry.message.id === id);
}

function idsOf(log: Log): ReadonlySet<string> {
  return new Set(
    log.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message.id] : [])),
  );
}

function entryOf(message: Message): MessageEntry {
  return { kind: 'message', message };
}

/** How far a file is is stored now and then; events told more. */
function withProgress({ file: known }: Message, message: Message): Message {
  const { file } = message;
  if (known === undefined || file?.state !== 'transferring' || known.state !== file.state) {
    return message;
  }
  return { ...message, file: { ...file, bytes: Math.max(file.bytes, known.bytes) } };
}

function isSame(one: Message, other: Message): boolean {
  return one.state === other.state && one.file === undefined && other.file === undefined;
}
