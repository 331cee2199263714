// PROFILE, both ways: Spec 8.7.
import { KIND_PROFILE } from '../../application/kinds.js';
import { decodeProfile, encodeProfile } from '../../application/presence-bodies.js';
import type { EventHub } from '../event-hub.js';
import type { Session } from '../sessions/session-registry.js';
import type { AccountSettings } from '../settings.js';
import type { ContactBook } from './contact-book.js';

/** Says what this account would like to be called, and hears it of contacts that have no name yet. */
export class Profile {
  readonly #contacts: ContactBook;
  readonly #settings: AccountSettings;
  readonly #events: EventHub;

  constructor(options: { contacts: ContactBook; settings: AccountSettings; events: EventHub }) {
    this.#contacts = options.contacts;
    this.#settings = options.settings;
    this.#events = options.events;
  }

  /** Never rejects: the next session says it again. */
  async tell({ channel }: Session): Promise<void> {
    const { profileName } = this.#settings.current;
    if (profileName === '') return;
    await channel.send(KIND_PROFILE, encodeProfile(profileName)).catch(() => undefined);
  }

  /** @throws MalformedBodyError */
  async take(session: Session, body: Uint8Array): Promise<void> {
    const name = decodeProfile(body);
    if (!(await this.#contacts.suggestName(session.channel.peerId, name))) return;
    this.#events.emit({ method: 'contact.changed', params: { contact: session.contact } });
  }
}
