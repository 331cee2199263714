// Taking FILE_OFFER: Spec 8.5 and 8.8.
import { MalformedBodyError } from '../../application/cbor.js';
import { decodeFileOffer, type FileOfferBody } from '../../application/file-bodies.js';
import type { Acknowledgements } from '../delivery/acknowledgements.js';
import { messageView } from '../delivery/message-view.js';
import { MessengerError } from '../../errors.js';
import type { EventHub } from '../event-hub.js';
import type { MessageKey, MessageStore } from '../ports/store.js';
import type { StoredFile, TransferStore } from '../ports/transfer-store.js';
import type { Files } from '../ports/files.js';
import type { Session } from '../sessions/session-registry.js';
import type { AccountSettings } from '../settings.js';
import { refuseFile } from './answers.js';
import { fileView } from './file-view.js';
import { MAX_ACCEPTED_OFFERS, MAX_UNDECIDED_OFFERS, WELCOME_RESERVE_BYTES } from './limits.js';
import { isFolderOffer } from './offer.js';
import type { Receiving } from './receiving.js';
import { receivedName } from './received-name.js';
import { roomNeeded } from './room-needed.js';

/** Stores offers and asks the person, unless they have said that such files may come without. */
export class OfferIntake {
  readonly #store: TransferStore;
  readonly #messages: MessageStore;
  readonly #receiving: Receiving;
  readonly #files: Files;
  readonly #folder: string;
  readonly #acknowledgements: Acknowledgements;
  readonly #settings: AccountSettings;
  readonly #events: EventHub;
  readonly #now: () => number;
  readonly #ownId: string;
  readonly #temporaryPath: () => string;

  constructor(options: {
    store: TransferStore;
    messages: MessageStore;
    receiving: Receiving;
    files: Files;
    /** Where files go that nobody was asked about. */
    folder: string;
    acknowledgements: Acknowledgements;
    settings: AccountSettings;
    events: EventHub;
    now: () => number;
    ownId: string;
    /** Where a file is put together that nobody was asked about. */
    temporaryPath: () => string;
  }) {
    this.#store = options.store;
    this.#messages = options.messages;
    this.#receiving = options.receiving;
    this.#files = options.files;
    this.#folder = options.folder;
    this.#acknowledgements = options.acknowledgements;
    this.#settings = options.settings;
    this.#events = options.events;
    this.#now = options.now;
    this.#ownId = options.ownId;
    this.#temporaryPath = options.temporaryPath;
  }

  /** @throws MalformedBodyError */
  async take(session: Session, body: Uint8Array): Promise<void> {
    const offer = decodeFileOffer(body);
    const { peerId } = session.channel;
    const key = { contact: peerId, direction: 'in', id: offer.id } as const;
    const isOurs =
      session.contact !== this.#ownId &&
      this.#messages.find({ ...key, direction: 'out' }) !== undefined;
    if (isOurs) throw new MalformedBodyError('a FILE_OFFER with the id of one of ours');
    const isKnown = this.#messages.find(key) !== undefined;
    const waiting = this.#store.incoming(peerId);
    const isWanted = this.#isWanted(session.contact, offer, waiting);
    if (!isKnown && !isWanted && waiting.undecided >= MAX_UNDECIDED_OFFERS) {
      void refuseFile(session, offer.id, 'Too many files wait to be decided on. Try again later.');
      return;
    }
    const { inserted } = await this.#store.add({
      ...key,
      at: offer.at,
      receivedAt: this.#now(),
      text: receivedName(offer.name),
      state: 'delivered',
      file: {
        size: offer.size,
        isFolder: isFolderOffer(offer),
        mediaType: offer.type,
        temporaryPath: isWanted ? this.#temporaryPath() : undefined,
      },
    });
    this.#acknowledgements.add(session, offer.id);
    if (inserted) this.#tell(session, key);
    await this.#receiving.answer(key, session);
    await this.#welcome(key, session.contact);
  }

  /**
   * Accepts what was stored as wanted. Not in one with storing it, as the disk is asked in between: after a kill there, the offer
   * comes once more.
   */
  async #welcome(key: MessageKey, contact: string): Promise<void> {
    const place = this.#placeFor(key);
    if (place === undefined) return;
    const hasRoom = await this.#hasRoom(key.contact, place.file);
    if (this.#placeFor(key) === undefined) return; // the person was quicker
    if (hasRoom && this.#mayCome(contact, place.file.size)) {
      await this.#receiving.accept(key, place.temporaryPath, false).catch(ignoreWhatIsOver);
    } else {
      await this.#store.update(key, { temporaryPath: null });
    }
  }

  #placeFor(key: MessageKey): { temporaryPath: string; file: StoredFile } | undefined {
    const { temporaryPath, message } = this.#store.get(key) ?? {};
    if (temporaryPath === undefined || message?.file.state !== 'offered') return undefined;
    return { temporaryPath, file: message.file };
  }

  /** Whether the person has said that it may come unasked. Of many that come at once, none is accepted yet. */
  #isWanted(
    contact: string,
    { size }: FileOfferBody,
    { accepted, undecided }: { accepted: number; undecided: number },
  ): boolean {
    return this.#mayCome(contact, size) && accepted + undecided < MAX_ACCEPTED_OFFERS;
  }

  #mayCome(contact: string, size: number): boolean {
    return size <= (this.#settings.current.autoAccept[contact] ?? -1);
  }

  /** They did not mean all of the disk. */
  async #hasRoom(contact: Uint8Array, file: StoredFile): Promise<boolean> {
    const free = await this.#files.freeBytes(this.#folder).catch(() => 0);
    const accepted = this.#store
      .unfinished(contact)
      .map(({ message }) => message)
      .filter((other) => other.direction === 'in' && other.file.state !== 'offered');
    const needed = [file, ...accepted.map((other) => other.file)].map(roomNeeded);
    return needed.reduce((sum, bytes) => sum + bytes) + WELCOME_RESERVE_BYTES <= free;
  }

  #tell({ contact }: Session, key: MessageKey): void {
    const message = this.#store.get(key)?.message;
    if (message === undefined) return;
    this.#events.emit({
      method: 'message.received',
      params: { message: messageView(message, contact, this.#ownId) },
    });
    const file = fileView(message, contact, this.#ownId);
    this.#events.emit({ method: 'file.offered', params: { file } });
    this.#events.emit({ method: 'contact.changed', params: { contact } });
  }
}

/** The person has ended it meanwhile. */
function ignoreWhatIsOver(error: unknown): void {
  if (!(error instanceof MessengerError && error.code === 'transfer_over')) throw error;
}
