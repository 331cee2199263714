import { join } from 'node:path';
import type { Acknowledgements } from '../delivery/acknowledgements.js';
import type { Outbox } from '../delivery/outbox.js';
import type { RecordHandler } from '../delivery/record-intake.js';
import { idToText, newMessageId } from '../delivery/text-ids.js';
import type { EventHub } from '../event-hub.js';
import type { ContactBook } from '../people/contact-book.js';
import type { Clock } from '../ports/clock.js';
import type { Files } from '../ports/files.js';
import type { MessageStore } from '../ports/store.js';
import type { TransferStore } from '../ports/transfer-store.js';
import type { Session, SessionRegistry } from '../sessions/session-registry.js';
import type { AccountSettings } from '../settings.js';
import { FileDesk } from './file-desk.js';
import { OfferIntake } from './offer-intake.js';
import type { LiveProgress } from './live-progress.js';
import { TransferLedger } from './transfer-ledger.js';
import { Transfers } from './transfers.js';

/** All that brings files to contacts and from them. */
export class FileExchange {
  readonly desk: FileDesk;
  readonly handlers: readonly (readonly [kind: number, RecordHandler])[];
  readonly #ledger: TransferLedger;
  readonly #transfers: Transfers;

  constructor(options: {
    store: { messages: MessageStore; transfers: TransferStore };
    files: Files;
    /** Where accepted files go unless the person says otherwise. */
    folder: string;
    contacts: ContactBook;
    outbox: Outbox;
    acknowledgements: Acknowledgements;
    progress: LiveProgress;
    settings: AccountSettings;
    events: EventHub;
    clock: Clock;
    ownId: string;
    /** Asked for later than this object is made. */
    sessions: () => SessionRegistry;
  }) {
    const { files, folder, contacts, outbox, settings, events, clock, ownId, sessions } = options;
    const { progress } = options;
    const { messages, transfers: store } = options.store;
    const textId = (id: Uint8Array): string => contacts.textId(id);
    const now = (): number => clock.now();
    // In the folder where the file is to be in the end, so that it can be moved into place; of a name
    // that no peer can choose or guess.
    const temporaryPath = (directory = folder): string =>
      join(directory, `.gravy-${idToText(newMessageId())}.part`);
    this.#ledger = new TransferLedger({ store, progress, files, events, clock, ownId, textId });
    const newest = (contact: Uint8Array): Session | undefined => sessions().newest(textId(contact));
    const isOpen = (session: Session): boolean =>
      sessions().with(session.contact).includes(session);
    this.#transfers = new Transfers({ ledger: this.#ledger, files, clock, newest, isOpen });
    this.desk = new FileDesk({
      store,
      progress,
      messages,
      contacts,
      outbox,
      files,
      transfers: this.#transfers,
      events,
      now,
      ownId,
      temporaryPath,
    });
    const offers = new OfferIntake({
      store,
      messages,
      receiving: this.#transfers.receiving,
      files,
      folder,
      acknowledgements: options.acknowledgements,
      settings,
      events,
      now,
      ownId,
      temporaryPath,
    });
    this.handlers = this.#transfers.handlers(offers);
  }

  /** Once, before there is any session. Never rejects. */
  async settle(): Promise<void> {
    // A store that has failed is found by whatever comes next.
    await this.#ledger.settle().catch(() => undefined);
  }

  /** Never rejects. */
  async newestChanged(session: Session | undefined): Promise<void> {
    if (session === undefined) return;
    // A session that has ended meanwhile takes none; the next one begins again.
    await this.#transfers.begin(session).catch(() => undefined);
  }

  /** Resolves when nothing of this session goes on, or nothing at all, and what is on disk is known. */
  async suspend(session?: Session): Promise<void> {
    await this.#transfers.suspend(session);
  }
}
