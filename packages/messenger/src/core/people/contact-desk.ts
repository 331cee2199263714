import { idToText } from '../delivery/text-ids.js';
import type { EventHub } from '../event-hub.js';
import type { FileDesk } from '../files/file-desk.js';
import type { Hosting } from '../hosting/hosting.js';
import { CLOSE_CODE } from '../ports/network.js';
import type { SessionRegistry } from '../sessions/session-registry.js';
import type { AccountSettings } from '../settings.js';
import type { ContactBook } from './contact-book.js';

/** Contacts as a person deals with them: added, removed, blocked, with all that follows for sessions, requests and invites. */
export class ContactDesk {
  readonly #contacts: ContactBook;
  readonly #events: EventHub;
  readonly #sessions: SessionRegistry;
  readonly #hosting: Hosting;
  readonly #files: FileDesk;
  readonly #settings: AccountSettings;
  readonly #onDismiss: (contact: string) => void;

  constructor(options: {
    contacts: ContactBook;
    events: EventHub;
    sessions: SessionRegistry;
    hosting: Hosting;
    files: FileDesk;
    settings: AccountSettings;
    /** Nobody is to connect to this contact any more. */
    onDismiss: (contact: string) => void;
  }) {
    this.#contacts = options.contacts;
    this.#events = options.events;
    this.#sessions = options.sessions;
    this.#hosting = options.hosting;
    this.#files = options.files;
    this.#settings = options.settings;
    this.#onDismiss = options.onDismiss;
  }

  /** Adds a contact by its key; a request it had made is settled with that. Resolves with its id. */
  async add(contact: { id: string; name: string; url?: string | undefined }): Promise<string> {
    const id = await this.#contacts.add(contact);
    await this.#hosting.requests.settle(this.#contacts.resolve(id).id);
    this.#events.emit({ method: 'contact.changed', params: { contact: id } });
    return id;
  }

  /** Takes a contact off the list. What waits for it fails, and it does not come back by an old invite. */
  async remove(reference: string): Promise<void> {
    // First of all, so that a removed contact does not come back if this is interrupted.
    await this.#hosting.invites.revokeOf(this.#contacts.resolve(reference).id);
    const { contact, id, failed } = await this.#contacts.remove(reference);
    await this.#settings.forget(contact);
    for (const message of failed) {
      this.#events.emit({
        method: 'message.state',
        params: { id: idToText(message), contact, state: 'failed' },
      });
    }
    await this.#dismiss(contact);
    await this.#files.abandon(id);
  }

  /** Lets a contact in no more. */
  async block(reference: string): Promise<void> {
    await this.#dismiss(await this.#contacts.setBlocked(reference, true));
  }

  /** Gives a contact another key. */
  async replaceKey(reference: string, newId: string): Promise<void> {
    // Before the key is another one: whoever has the old one must not come back by the invite of then.
    await this.#hosting.invites.revokeOf(this.#contacts.resolve(reference).id);
    const replaced = await this.#contacts.replaceKey(reference, newId);
    await this.#settings.forget(replaced.old);
    await this.#dismiss(replaced.old);
    this.#events.emit({ method: 'contact.changed', params: { contact: replaced.new } });
  }

  /** Ends the sessions with someone who is welcome no more. */
  async #dismiss(contact: string): Promise<void> {
    this.#onDismiss(contact);
    await this.#sessions.endAll(
      (session) => session.contact === contact,
      CLOSE_CODE.noLongerContact,
    );
    this.#events.emit({ method: 'contact.changed', params: { contact } });
  }
}
