import type { ContactAddress, ContactStore } from '../ports/store.js';

/** Spec 8.6: at most this many addresses are kept for a contact. */
const MAX_ADDRESSES = 8;
/** So many of them, if there are as many, stay those that the person gave, whatever the contact announces. */
const RESERVED_FOR_TYPED = 4;

/** Where contacts can be dialled, the most promising address first. */
export class AddressBook {
  readonly #store: ContactStore;

  constructor(store: ContactStore) {
    this.#store = store;
  }

  of(id: Uint8Array): readonly ContactAddress[] {
    return this.#store.get(id)?.addresses ?? [];
  }

  /** A session stands over this address: it comes first from now on. */
  async promote(id: Uint8Array, url: string): Promise<void> {
    const known = this.of(id);
    if (this.#store.get(id) === undefined || known[0]?.url === url) return;
    const promoted = known.find((address) => address.url === url) ?? typedAddress(url);
    await this.#store.setAddresses(id, merge([promoted], known));
  }

  /**
   * What the contact announces replaces what it announced before, and goes before everything else.
   * What the person typed stays: it may be the one that works tomorrow.
   */
  async replaceAnnounced(
    id: Uint8Array,
    announced: readonly ContactAddress[],
    sequence: number,
  ): Promise<void> {
    const known = this.of(id);
    const typed = known.filter(({ origin }) => origin === 'user');
    // An address the person has typed stays theirs when the contact announces it too.
    const news = announced.map(
      (address) => typed.find(({ url }) => url === address.url) ?? address,
    );
    const room = MAX_ADDRESSES - Math.min(typed.length, RESERVED_FOR_TYPED);
    await this.#store.setAddresses(id, merge(news.slice(0, room), typed), sequence);
  }
}

/** An address as the person gave it: dialled wherever it leads. */
export function typedAddress(url: string): ContactAddress {
  return { url, origin: 'user', publicOnly: false };
}

function merge(
  first: readonly ContactAddress[],
  rest: readonly ContactAddress[],
): ContactAddress[] {
  const byUrl = new Map<string, ContactAddress>();
  for (const address of [...first, ...rest]) {
    if (!byUrl.has(address.url)) byUrl.set(address.url, address);
  }
  return [...byUrl.values()].slice(0, MAX_ADDRESSES);
}
