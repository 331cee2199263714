// Invites from the host's side: Spec 2.7 and 8.9.
import { randomBytes } from 'node:crypto';
import type { InviteInfo, InviteState } from '../../api/schemas.js';
import { MessengerError } from '../../errors.js';
import { idToText, newMessageId } from '../delivery/text-ids.js';
import type { EventHub } from '../event-hub.js';
import { checkContactName } from '../people/display-name.js';
import type { ContactBook } from '../people/contact-book.js';
import type { IdentityText } from '../ports/identity.js';
import type { InviteStore, StoredInvite } from '../ports/store.js';

/** Spec 6. */
export const MAX_OPEN_INVITES = 32;
const MAX_URLS = 8;
const PSK_BYTES = 32;

export interface NewInvite {
  readonly contactName?: string | undefined;
  readonly expiresInSeconds: number;
  readonly urls: readonly string[];
  /** What this account would like to be called; empty for nothing. */
  readonly ownName: string;
}

/** Makes invites, and decides who may come by them. */
export class Invites {
  readonly #store: InviteStore;
  readonly #book: ContactBook;
  readonly #text: IdentityText;
  readonly #events: EventHub;
  readonly #now: () => number;
  readonly #ownId: Uint8Array;

  constructor(options: {
    store: InviteStore;
    book: ContactBook;
    text: IdentityText;
    events: EventHub;
    now: () => number;
    ownId: Uint8Array;
  }) {
    this.#store = options.store;
    this.#book = options.book;
    this.#text = options.text;
    this.#events = options.events;
    this.#now = options.now;
    this.#ownId = options.ownId;
  }

  /** @throws MessengerError `not_hosting` without urls, `invalid_url`, `invalid_name`, `contact_exists`, `too_many_invites` */
  async create(wanted: NewInvite): Promise<{ id: string; invite: string; expiresAt: number }> {
    const { urls, ownName, expiresInSeconds } = wanted;
    this.#requireUrls(urls);
    const contactName =
      wanted.contactName === undefined ? undefined : checkContactName(wanted.contactName);
    if (contactName !== undefined) this.#book.requireFreeName(contactName);
    const now = this.#now();
    await this.#store.prune(now);
    if (this.#store.open(now).length >= MAX_OPEN_INVITES) {
      throw new MessengerError(
        'too_many_invites',
        `At most ${MAX_OPEN_INVITES} invites can be open. Revoke one that is not needed (invite.revoke).`,
      );
    }
    // Whole seconds, as the invite itself says it.
    const expires = Math.floor(now / 1000) + expiresInSeconds;
    const expiresAt = expires * 1000;
    const id = newMessageId();
    const psk = new Uint8Array(randomBytes(PSK_BYTES));
    try {
      const invite = this.#text.encodeInvite({
        id: this.#ownId,
        psk,
        urls: urls.slice(0, MAX_URLS),
        expires,
        ...(ownName === '' ? {} : { name: ownName }),
      });
      await this.#store.add({ id, psk, createdAt: now, expiresAt, contactName, urls });
      this.#tell(id, 'open');
      return { id: idToText(id), invite, expiresAt };
    } finally {
      psk.fill(0);
    }
  }

  /** Erases the secrets of those that have expired. Never rejects: it is done again the next time. */
  async prune(): Promise<void> {
    await this.#store.prune(this.#now()).catch(() => undefined);
  }

  list(): InviteInfo[] {
    const now = this.#now();
    return this.#store.list().map((invite) => ({
      id: idToText(invite.id),
      state: stateOf(invite, now),
      createdAt: invite.createdAt,
      expiresAt: invite.expiresAt,
      ...(invite.contactName === undefined ? {} : { contactName: invite.contactName }),
      ...(invite.bearer === undefined ? {} : { usedBy: this.#text.encodeId(invite.bearer) }),
      ...(invite.usedAt === undefined ? {} : { usedAt: invite.usedAt }),
      urls: [...invite.urls],
    }));
  }

  /** @throws MessengerError `no_such_invite` */
  async revoke(textId: string): Promise<void> {
    const invite = this.#store.list().find(({ id }) => idToText(id) === textId);
    if (invite === undefined) {
      throw new MessengerError(
        'no_such_invite',
        'No invite has that id. invite.list shows all of them.',
      );
    }
    if (await this.#store.revoke(invite.id, this.#now())) this.#tell(invite.id, 'revoked');
  }

  /** Who was removed or blocked does not come back by the invite it came by. */
  async revokeOf(bearer: Uint8Array): Promise<void> {
    await this.#store.revokeOf(bearer, this.#now());
  }

  /**
   * Those that a guest may come by, also one whom an invite belongs to already; at most 32. Their secrets are copies, to be erased
   * by whoever asked.
   */
  open(): { key: Uint8Array; psk: Uint8Array }[] {
    return this.#store
      .open(this.#now())
      .flatMap(({ id, psk }) => (psk === undefined ? [] : [{ key: id, psk }]))
      .slice(0, MAX_OPEN_INVITES);
  }

  /** Gives the invite to this bearer, who is a contact from then on; false if it is not to be had. */
  async claim(id: Uint8Array, bearer: Uint8Array): Promise<boolean> {
    const contactName = this.#store.get(id)?.contactName;
    const at = this.#now();
    const outcome = await this.#store.claim({
      id,
      bearer,
      at,
      contact: {
        id: bearer,
        name: contactName ?? this.#book.unnamed(bearer, undefined),
        isNamed: contactName !== undefined,
        addedAt: at,
      },
    });
    if (outcome !== 'claimed') return false;
    this.#tell(id, 'used');
    this.#events.emit({
      method: 'contact.changed',
      params: { contact: this.#text.encodeId(bearer) },
    });
    return true;
  }

  #requireUrls(urls: readonly string[]): void {
    if (urls.length === 0) {
      throw new MessengerError(
        'not_hosting',
        'An invite needs an address, and this account does not host. Start hosting first (host.start), or give the URL it will have.',
      );
    }
    const wrong = urls.find((url) => !this.#text.isInviteUrl(url));
    if (wrong === undefined) return;
    throw new MessengerError(
      'invalid_url',
      'An invite takes URLs like wss://name.example or ws://192.168.1.20:8080, without user, query or fragment.',
    );
  }

  #tell(id: Uint8Array, state: InviteState): void {
    this.#events.emit({ method: 'invite.changed', params: { id: idToText(id), state } });
  }
}

function stateOf(invite: StoredInvite, now: number): InviteState {
  if (invite.revokedAt !== undefined) return 'revoked';
  if (invite.bearer !== undefined) return 'used';
  return invite.expiresAt <= now ? 'expired' : 'open';
}
