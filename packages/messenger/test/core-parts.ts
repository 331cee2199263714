import { encodeId } from '@gravy/identity';
import { identityText, signerOf } from '../src/account/identity-ports.js';
import type { EventName, GravyEvent } from '../src/api/events.js';
import { EventHub } from '../src/core/event-hub.js';
import { ContactBook } from '../src/core/people/contact-book.js';
import { AccountSettings } from '../src/core/settings.js';
import { FreshStore } from './fresh-store.js';
import { HandClock } from './hand-clock.js';
import { OWN_ID, OWN_KEY, PEER_KEY } from './sessions/hand-session.js';

type ParamsOfEvent<N extends EventName> = Extract<GravyEvent, { method: N }>['params'];

/** What many parts of the core are made of: a real store with one contact, "ben", in it, and a clock moved by hand. */
export class CoreParts {
  readonly #fresh = new FreshStore();
  readonly store = this.#fresh.store;
  readonly clock = new HandClock();
  readonly now = (): number => this.clock.now();
  readonly events = new EventHub();
  readonly told: GravyEvent[] = [];
  readonly text = identityText;
  readonly signer = signerOf(OWN_KEY);
  readonly ownId = OWN_ID;
  readonly contacts = new ContactBook({
    store: this.store.contacts,
    text: identityText,
    now: this.now,
    ownId: OWN_ID,
  });
  readonly settings = new AccountSettings({ store: this.store.settings, profileName: 'ada' });

  static async open(): Promise<CoreParts> {
    const parts = new CoreParts();
    parts.events.onEvent((event) => parts.told.push(event));
    await parts.contacts.add({ id: encodeId(PEER_KEY.id), name: 'ben' });
    return parts;
  }

  eventsOf<N extends EventName>(method: N): ParamsOfEvent<N>[] {
    const found = this.told.filter((event) => event.method === method);
    return found.map(({ params }) => params as ParamsOfEvent<N>);
  }

  end(): void {
    this.#fresh.end();
  }
}

/** Until what is under way in the store is committed, and told. */
export async function turns(count = 3): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
