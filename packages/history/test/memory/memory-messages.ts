import type { ConformingHistory } from '../../src/conformance/index.js';
import type { MessageState, SearchMatch } from '../../src/index.js';
import { snippetOf } from '../../src/search/snippet.js';
import { parseQuery } from '../../src/search/terms.js';
import { hasAll } from '../search/corpus.js';
import { failure, isSame, type MemoryState, placeOf } from './memory-state.js';

const FOLLOWS: Readonly<Record<MessageState, readonly MessageState[]>> = {
  queued: ['sent', 'delivered', 'read', 'failed', 'cancelled'],
  sent: ['delivered', 'read', 'failed'],
  delivered: ['read'],
  read: [],
  failed: ['delivered', 'read'],
  cancelled: ['delivered', 'read'],
};

const given = <T extends object>(of: T): T =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;

export function memoryMessages(state: MemoryState): ConformingHistory['messages'] {
  const upTo = (contact: Uint8Array, before: number) =>
    state.of(contact).filter(({ message }) => message.sequence < before);
  const forget = (place: Parameters<MemoryState['find']>[0]): boolean => {
    const stored = state.find(place);
    if (stored === undefined) return false;
    if (place.direction === 'in') state.deleted.add(placeOf(place));
    state.messages = state.messages.filter((each) => each !== stored);
    return true;
  };
  return {
    append: async (message) => ({ inserted: state.insert(message) !== undefined }),
    find: (key) => state.find(key)?.message,
    locate: (id) =>
      state.messages
        .filter(({ message }) => isSame(message.id, id))
        .slice(0, 16)
        .map(({ message: { contact, direction } }) => ({ contact, direction, id })),
    setState: async ({ contact, ids, state: next }) =>
      ids.filter((id) => {
        const stored = state.find({ contact, direction: 'out', id });
        if (stored === undefined || !FOLLOWS[stored.message.state].includes(next)) return false;
        stored.message = { ...stored.message, state: next };
        return true;
      }),
    markSent: async (contact, sequences) =>
      upTo(contact, Infinity)
        .filter(({ message }) => message.direction === 'out' && message.state === 'queued')
        .filter(({ message }) => sequences.includes(message.sequence))
        .map((stored) => {
          stored.message = { ...stored.message, state: 'sent' };
          return stored.message.id;
        }),
    page: ({ contact, before, limit }) => {
      const end = before === undefined ? Infinity : (state.find(before)?.message.sequence ?? 0);
      const all = upTo(contact, end).map(({ message }) => message);
      return { messages: all.slice(-limit), more: all.length > limit };
    },
    from: (contact, { after = 0, limit }) =>
      state
        .of(contact)
        .map(({ message }) => message)
        .filter(({ sequence }) => sequence > after)
        .slice(0, limit),
    unfinished: (contact, { after = 0, limit }) =>
      state
        .of(contact)
        .map(({ message }) => message)
        .filter(({ direction, sequence }) => direction === 'out' && sequence > after)
        .filter(({ state: stands }) => stands === 'queued' || stands === 'sent')
        .slice(0, limit),
    markRead: async (key, { report }) => {
      const end = state.find(key)?.message.sequence ?? 0;
      return upTo(key.contact, end + 1).flatMap((stored) => {
        const { direction, state: stands, id } = stored.message;
        if (direction === 'out' || stands !== 'delivered') return [];
        stored.message = { ...stored.message, state: 'read' };
        stored.toReport = report;
        return [id];
      });
    },
    unreported: (contact, limit) =>
      state
        .of(contact)
        .filter(({ toReport }) => toReport)
        .slice(0, limit)
        .map(({ message }) => message.id),
    markReported: async (contact, ids) => {
      for (const id of ids) {
        const stored = state.find({ contact, direction: 'in', id });
        if (stored !== undefined) stored.toReport = false;
      }
    },
    delete: async (key) => forget(key),
    deleteAll: async (contact) => state.of(contact).filter(({ message }) => forget(message)).length,
  };
}

export function memorySearch(state: MemoryState): ConformingHistory['search'] {
  return {
    prepare: async () => undefined,
    find: async ({ query, contact, limit, offset = 0 }) => {
      const matches: SearchMatch[] = state.messages
        .map(({ message }) => message)
        .filter((message) => contact === undefined || isSame(message.contact, contact))
        .filter(({ text }) => hasAll(text, query))
        .toReversed()
        .map((message) => {
          return { message, snippet: snippetOf(message.text, parseQuery(query).parts) };
        });
      const page = matches.slice(offset, offset + limit);
      return { matches: page, total: matches.length, isTotalExact: true };
    },
  };
}

export function memoryTransfers(state: MemoryState): ConformingHistory['transfers'] {
  const hasEnded = (stands: string): boolean =>
    ['done', 'declined', 'cancelled', 'failed'].includes(stands);
  const all = (contact: Uint8Array | undefined) =>
    state.messages.flatMap(({ message, transfer }) => {
      const { file, ...rest } = message;
      if (file === undefined || transfer === undefined) return [];
      if (contact !== undefined && !isSame(message.contact, contact)) return [];
      return [{ message: { ...rest, file }, ...transfer }];
    });
  return {
    add: async ({ file, ...message }) => {
      const stored = state.insert(message);
      if (stored === undefined) return { inserted: false };
      const { modifiedAt, temporaryPath, ...shown } = file;
      const begun = { bytes: 0, state: 'offered', isFolder: false, ...shown } as const;
      stored.message = { ...stored.message, file: { ...begun, isFolder: shown.isFolder ?? false } };
      stored.transfer = given({ modifiedAt, temporaryPath });
      return { inserted: true };
    },
    get: (key) =>
      all(key.contact).find(
        ({ message }) => message.direction === key.direction && isSame(message.id, key.id),
      ),
    list: ({ contact, before = Infinity, limit }) =>
      all(contact)
        .filter(({ message }) => message.sequence < before)
        .toReversed()
        .slice(0, limit),
    unfinished: (contact) => all(contact).filter(({ message }) => !hasEnded(message.file.state)),
    incoming: (contact) => {
      const files = all(contact)
        .filter(({ message }) => message.direction === 'in' && !hasEnded(message.file.state))
        .map(({ message }) => message.file);
      const undecided = files.filter((file) => file.state === 'offered').length;
      return { undecided, accepted: files.length - undecided };
    },
    update: async (key, change) => {
      const stored = state.find(key);
      const file = stored?.message.file;
      if (stored === undefined || file === undefined) return false;
      const moves = Object.keys(change).every(
        (name) => name === 'path' || name === 'temporaryPath',
      );
      if (hasEnded(file.state) && !moves) return false;
      const { state: next = file.state, bytes = file.bytes } = change;
      if (next === 'offered' && file.state !== 'offered') throw failure('misuse');
      if (!Number.isSafeInteger(bytes) || bytes < 0 || bytes > file.size) throw failure('misuse');
      const present = <T extends object>(of: T): T =>
        Object.fromEntries(Object.entries(of).filter(([, value]) => value !== null)) as T;
      const { path, reason, temporaryPath, sha256, hashState } = change;
      const shown = present({ ...file, state: next, bytes, ...given({ path, reason }) });
      stored.message = { ...stored.message, file: shown as typeof file };
      const kept = { ...stored.transfer, ...given({ temporaryPath, sha256, hashState }) };
      const ended = hasEnded(next) ? { hashState: null } : {};
      stored.transfer = present({ ...kept, ...ended }) as NonNullable<typeof stored.transfer>;
      return true;
    },
  };
}
