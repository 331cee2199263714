import type { ConformingHistory } from '../../src/conformance/index.js';
import type { StoredInvite } from '../../src/index.js';
import { addContact, memoryContacts } from './memory-contacts.js';
import { memoryMessages, memorySearch, memoryTransfers } from './memory-messages.js';
import { failure, isSame, MemoryState } from './memory-state.js';

const MONTH_MS = 30 * 24 * 3_600_000;

/** The store once more, without SQLite and without a file: short and slow, to test the tests of the other. */
export function openMemoryHistory(): ConformingHistory {
  const state = new MemoryState();
  return {
    contacts: memoryContacts(state),
    messages: memoryMessages(state),
    search: memorySearch(state),
    transfers: memoryTransfers(state),
    invites: memoryInvites(state),
    requests: memoryRequests(state),
    settings: {
      get: (key) => state.settings.get(key),
      set: async (key, value) => void state.settings.set(key, value),
      delete: async (key) => void state.settings.delete(key),
    },
    close: () => undefined,
  };
}

function memoryInvites(state: MemoryState): ConformingHistory['invites'] {
  const change = (
    which: (invite: StoredInvite) => boolean,
    next: (invite: StoredInvite) => Partial<StoredInvite>,
  ): number => {
    const chosen = state.invites.filter(which);
    state.invites = state.invites.map((invite) =>
      chosen.includes(invite) ? { ...invite, ...next(invite) } : invite,
    );
    return chosen.length;
  };
  const revoked = (at: number) => () => ({ psk: undefined, revokedAt: at });
  return {
    add: async (invite) => void state.invites.push(invite),
    get: (id) => state.invites.find((invite) => isSame(invite.id, id)),
    list: () => state.invites.toReversed(),
    open: (now) => state.invites.filter(({ psk, expiresAt }) => psk && expiresAt > now),
    claim: async ({ id, bearer, at, contact }) => {
      if (!isSame(contact.id, bearer)) throw failure('misuse');
      const invite = state.invites.find((each) => isSame(each.id, id));
      if (invite?.psk === undefined || invite.expiresAt <= at) return 'closed';
      const isBlocked = state.blocked.some((stranger) => isSame(stranger.id, bearer));
      if (isBlocked || state.contact(bearer)?.blocked === true) return 'closed';
      if (invite.bearer !== undefined && !isSame(invite.bearer, bearer)) return 'taken';
      if (invite.bearer === undefined) {
        change(
          (each) => each === invite,
          () => ({ bearer, usedAt: at }),
        );
      }
      if (state.contact(bearer) === undefined) {
        let { name } = contact;
        for (let number = 2; state.named(name) !== undefined; number += 1) {
          name = `${contact.name} (${number})`;
        }
        addContact(state, { ...contact, name });
      }
      return 'claimed';
    },
    revoke: async (id, at) =>
      change((invite) => isSame(invite.id, id) && invite.psk !== undefined, revoked(at)) === 1,
    revokeOf: async (bearer, at) => {
      const isTheirs = ({ bearer: taker, psk }: StoredInvite): boolean =>
        taker !== undefined && psk !== undefined && isSame(taker, bearer);
      change(isTheirs, revoked(at));
    },
    prune: async (now) => {
      change(
        ({ expiresAt }) => expiresAt <= now,
        () => ({ psk: undefined }),
      );
      const ended = ({ expiresAt, revokedAt = expiresAt }: StoredInvite): number =>
        Math.min(expiresAt, revokedAt);
      state.invites = state.invites.filter((invite) => ended(invite) >= now - MONTH_MS);
    },
  };
}

function memoryRequests(state: MemoryState): ConformingHistory['requests'] {
  const isBlocked = (id: Uint8Array): boolean =>
    state.blocked.some((stranger) => isSame(stranger.id, id));
  return {
    list: () => state.requests.toReversed(),
    add: async (request, { limit }) => {
      const isKnown = state.requests.some(({ id }) => isSame(id, request.id));
      if (isKnown || isBlocked(request.id)) return 'known';
      if (state.requests.length >= limit) return 'full';
      state.requests.push(request);
      return 'added';
    },
    remove: async (id) => {
      const { length } = state.requests;
      state.requests = state.requests.filter((request) => !isSame(request.id, id));
      return state.requests.length < length;
    },
    block: async (id, blockedAt) => {
      state.requests = state.requests.filter((request) => !isSame(request.id, id));
      if (!isBlocked(id)) state.blocked.unshift({ id, blockedAt });
    },
    isBlocked,
    unblock: async (id) => {
      const { length } = state.blocked;
      state.blocked = state.blocked.filter((stranger) => !isSame(stranger.id, id));
      return state.blocked.length < length;
    },
    listBlocked: () => [...state.blocked],
  };
}
