import type { FileInfo, Message, MessageState } from '@gravy/messenger';

/** The part of a conversation that the page has, newest last, without gaps. */
export interface Log {
  readonly messages: readonly Message[];
  /** Whether the store has older ones. */
  readonly more: boolean;
}

/** Puts older messages before those that are there. */
export function withOlder(log: Log, page: Log): Log {
  const known = new Set(log.messages.map(({ id }) => id));
  const older = page.messages.filter(({ id }) => !known.has(id));
  return { messages: [...older, ...log.messages], more: page.more };
}

/**
 * Brings what the page has up to the newest page of the store. If the two do not touch, too much has
 * happened in between, and the newest page is all that is kept.
 */
export function withNewest(log: Log, page: Log): Log {
  const [first] = page.messages;
  const at = first === undefined ? -1 : log.messages.findIndex(({ id }) => id === first.id);
  if (at === -1) return page;
  return { messages: [...log.messages.slice(0, at), ...page.messages], more: log.more };
}

/** A message that was just sent or received; a second one of the same id is the same message. */
export function withMessage(log: Log, message: Message): Log {
  if (log.messages.some(({ id }) => id === message.id)) return log;
  return { ...log, messages: [...log.messages, message] };
}

/** Undefined if the page has no such message. */
export function withState(log: Log, id: string, state: MessageState): Log | undefined {
  const at = log.messages.findLastIndex((message) => message.id === id);
  const message = log.messages[at];
  if (message === undefined) return undefined;
  return { ...log, messages: log.messages.with(at, { ...message, state }) };
}

/** What is known anew of a file; the same log if none of its messages carries it. */
export function withFile(log: Log, id: string, change: Partial<FileInfo>): Log {
  const at = log.messages.findLastIndex(({ file }) => file?.id === id);
  const message = log.messages[at];
  if (message?.file === undefined) return log;
  const file = { ...message.file, ...change };
  return { ...log, messages: log.messages.with(at, { ...message, file }) };
}

/** Everything that came in up to this message was read. */
export function withRead(log: Log, upTo: string): Log {
  const last = log.messages.findLastIndex(({ id }) => id === upTo);
  const messages = log.messages.map((message, at) =>
    at <= last && message.direction === 'in' && message.state !== 'read'
      ? { ...message, state: 'read' as const }
      : message,
  );
  return { ...log, messages };
}

export function without(log: Log, id: string): Log {
  return { ...log, messages: log.messages.filter((message) => message.id !== id) };
}
