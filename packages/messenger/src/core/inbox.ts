import { MalformedBodyError } from '../application/cbor.js';
import {
  decodeAck,
  decodeText,
  encodeAck,
  KIND_ACK,
  KIND_TEXT,
  MAX_ACK_IDS,
} from '../application/messages.js';
import type { EventHub } from './event-hub.js';
import { messageView } from './message-view.js';
import { CLOSE_CODE, FIRST_IGNORABLE_KIND, type MessageStore } from './ports.js';
import type { ReceivedRecord } from './ports.js';
import type { Session } from './session-registry.js';
import { idToText } from './text-ids.js';

/** Records taken from one peer before the store has caught up with them: memory stays bounded. */
const MAX_UNSTORED = 256;

/**
 * Takes what arrives over a session: stored first, then told to the user and acknowledged (Spec 8.8).
 * Records of one turn of the event loop share a transaction and one ACK.
 */
export class Inbox {
  readonly #store: MessageStore;
  readonly #events: EventHub;
  readonly #now: () => number;
  readonly #ownId: string;

  constructor(options: {
    store: MessageStore;
    events: EventHub;
    now: () => number;
    ownId: string;
  }) {
    this.#store = options.store;
    this.#events = options.events;
    this.#now = options.now;
    this.#ownId = options.ownId;
  }

  /** Reads a session to its end; never rejects. */
  async read(session: Session): Promise<void> {
    const acknowledgements = new Acknowledgements(session);
    let unstored = 0;
    for await (const record of session.channel.records) {
      const stored = this.#take(session, record, acknowledgements);
      if (++unstored < MAX_UNSTORED) continue;
      await stored;
      unstored = 0;
    }
  }

  /** Never rejects: what cannot be taken ends the session. */
  async #take(
    session: Session,
    record: ReceivedRecord,
    acknowledgements: Acknowledgements,
  ): Promise<void> {
    try {
      if (record.kind === KIND_TEXT) await this.#takeText(session, record.body, acknowledgements);
      else if (record.kind === KIND_ACK) await this.#takeAck(session, record.body);
      else if (record.kind < FIRST_IGNORABLE_KIND) void session.channel.reject();
    } catch (error) {
      // Otherwise the store has failed: nothing was acknowledged, so the peer will send it again.
      const code =
        error instanceof MalformedBodyError ? CLOSE_CODE.protocolError : CLOSE_CODE.shutdown;
      void session.channel.close(code);
    }
  }

  async #takeText(
    session: Session,
    body: Uint8Array,
    acknowledgements: Acknowledgements,
  ): Promise<void> {
    const text = decodeText(body);
    const { peerId } = session.channel;
    // Within a conversation an id names one message; only a conversation with oneself has each twice.
    const isOurs =
      session.contact !== this.#ownId &&
      this.#store.find({ contact: peerId, direction: 'out', id: text.id }) !== undefined;
    if (isOurs) throw new MalformedBodyError('a TEXT with the id of one of ours');
    const message = {
      ...text,
      contact: peerId,
      direction: 'in',
      receivedAt: this.#now(),
      state: 'delivered',
    } as const;
    const { inserted } = await this.#store.append(message);
    acknowledgements.add(text.id);
    if (!inserted) return;
    this.#events.emit({
      method: 'message.received',
      params: { message: messageView(message, session.contact, this.#ownId) },
    });
    this.#events.emit({ method: 'contact.changed', params: { contact: session.contact } });
  }

  async #takeAck(session: Session, body: Uint8Array): Promise<void> {
    const { ids, state } = decodeAck(body);
    const changed = await this.#store.setState({ contact: session.channel.peerId, ids, state });
    for (const id of changed) {
      this.#events.emit({
        method: 'message.state',
        params: { id: idToText(id), contact: session.contact, state },
      });
    }
  }
}

/** Collects the ids of one transaction, whose promises all resolve in one turn, into as few ACKs as fit. */
class Acknowledgements {
  readonly #session: Session;
  #ids: Uint8Array[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  add(id: Uint8Array): void {
    this.#ids.push(id);
    if (this.#ids.length === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    const ids = this.#ids;
    this.#ids = [];
    for (let start = 0; start < ids.length; start += MAX_ACK_IDS) {
      const body = encodeAck({ ids: ids.slice(start, start + MAX_ACK_IDS), state: 'delivered' });
      // A session that has ended takes no ACK; the peer repeats the text on the next one.
      this.#session.channel.send(KIND_ACK, body).catch(() => undefined);
    }
  }
}
