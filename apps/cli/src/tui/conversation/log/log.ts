import type { FileInfo, Message, MessageState } from '@gravy/messenger';
import { Places } from './places.js';

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
  readonly places: Places;
  /** Whether the store has older messages. */
  readonly more: boolean;
}

export interface Page {
  readonly messages: readonly Message[];
  readonly more: boolean;
}

export const EMPTY_LOG: Log = logOf({ first: 0, entries: [], more: false });

export function logOf(parts: Omit<Log, 'places'>): Log {
  return { ...parts, places: new Places(parts.entries, parts.first) };
}

export function entryAt(log: Log, place: number): Entry | undefined {
  return log.entries[place - log.first];
}

/** The place after the last entry. */
export function endOf(log: Log): number {
  return log.first + log.entries.length;
}

export function placeOf(log: Log, id: string): number | undefined {
  const place = log.places.ofMessage(id);
  return place !== undefined && messageAt(log, place)?.id === id ? place : undefined;
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
  const older = page.messages.filter(({ id }) => placeOf(log, id) === undefined).map(entryOf);
  const entries = [...older, ...log.entries];
  return logOf({ first: log.first - older.length, entries, more: page.more });
}

/** A message that was just sent or received; a second one of the same id is the same message. */
export function withMessage(log: Log, message: Message): Log {
  if (placeOf(log, message.id) !== undefined) return log;
  return withEntry(log, entryOf(message));
}

export function withEntry(log: Log, entry: Entry): Log {
  log.places.add(entry, endOf(log));
  return { ...log, entries: [...log.entries, entry] };
}

/** More would cost memory without an end in a conversation that is left open. */
export const MAX_LOADED = 3_000;
const KEPT = 2_000;

/** Without the oldest entries, if there are too many: the store has the messages among them. */
export function trimmed(log: Log): Log {
  if (log.entries.length <= MAX_LOADED) return log;
  const dropped = log.entries.length - KEPT;
  const more = log.more || log.entries.slice(0, dropped).some(({ kind }) => kind === 'message');
  return logOf({ first: log.first + dropped, entries: log.entries.slice(dropped), more });
}

/** Undefined if the log has no such message. */
export function withState(log: Log, id: string, state: MessageState): Log | undefined {
  const place = placeOf(log, id);
  const entry = place === undefined ? undefined : entryAt(log, place);
  if (place === undefined || entry?.kind !== 'message') return undefined;
  const message = { ...entry.message, state };
  return { ...log, entries: log.entries.with(place - log.first, { ...entry, message }) };
}

/** What is known anew of a file; the same log if none of its messages carries it. */
export function withFile(
  log: Log,
  id: string,
  change: Partial<FileInfo>,
  bytesPerSecond?: number,
): Log {
  const place = log.places.ofFile(id);
  const entry = place === undefined ? undefined : entryAt(log, place);
  if (place === undefined || entry?.kind !== 'message') return log;
  if (entry.message.file?.id !== id) return log;
  const file = { ...entry.message.file, ...change };
  const message = { ...entry.message, file };
  const rate = bytesPerSecond === undefined ? {} : { bytesPerSecond };
  return {
    ...log,
    entries: log.entries.with(place - log.first, { kind: 'message', message, ...rate }),
  };
}

export function entryOf(message: Message): MessageEntry {
  return { kind: 'message', message };
}
