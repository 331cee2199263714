// A session over a connection: Spec 4.1 (rekeys), Spec 5.2 (ends) and Spec 6 (keep-alive, limits).
//
//   open --close() or a CLOSE received--> closing --both CLOSEs, 2 s, or the connection--> ended
//   open or closing --rejected record, silence, a connection that ends or takes nothing--> ended
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { NO_BYTES } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { SILENCE_TIMEOUT_MS } from '../limits.js';
import { CLOSE_CODE, type CloseCode } from '../record/close-code.js';
import { isApplicationKind, PROTOCOL_KIND } from '../record/kind.js';
import type { ReceivedRecord } from '../record/received-record.js';
import type { Role } from '../record/role.js';
import type { Session } from '../record/session.js';
import { sessionOver } from '../record/session-errors.js';
import type { ChannelEnd } from './channel-end.js';
import type { Channel } from './channel.js';
import { CloseExchange } from './close-exchange.js';
import { disconnect } from './disconnect.js';
import type { Duplex } from './duplex.js';
import { IdleTimer } from './idle-timer.js';
import { pingTimer, PongAnswerer } from './keep-alive.js';
import { ENDED, type MessageReader } from './message-reader.js';
import { Outbox } from './outbox.js';
import { recordQueue } from './record-queue.js';
import { RecordSender } from './record-sender.js';
import { rekeyingOf } from './rekey/rekeying-of.js';
import type { Rekeying } from './rekey/rekeying.js';
import { SessionLimit } from './session-limit.js';

export interface SessionChannelOptions<Invite> {
  readonly session: Session;
  readonly duplex: Duplex;
  readonly reader: MessageReader;
  readonly invite: Invite | undefined;
  readonly backend: CryptoBackend;
  readonly now: () => number;
}

export class SessionChannel<Invite> implements Channel<Invite> {
  readonly role: Role;
  readonly peerId: Uint8Array;
  readonly invite: Invite | undefined;
  readonly #session: Session;
  readonly #duplex: Duplex;
  readonly #reader: MessageReader;
  readonly #inbox = recordQueue(() => void this.close());
  readonly records: AsyncIterable<ReceivedRecord> = this.#inbox;
  readonly #closed = Promise.withResolvers<ChannelEnd>();
  readonly closed: Promise<ChannelEnd> = this.#closed.promise;
  readonly #outbox: Outbox;
  readonly #sender: RecordSender;
  readonly #pongs = new PongAnswerer(() => this.#sendHeartbeat(PROTOCOL_KIND.pong));
  readonly #closing: CloseExchange;
  readonly #keepAlive: IdleTimer | undefined;
  readonly #silence: IdleTimer;
  readonly #rekeying: Rekeying;
  readonly #limit: SessionLimit;
  #hasEnded = false;

  constructor({ session, duplex, reader, invite, backend, now }: SessionChannelOptions<Invite>) {
    this.role = session.role;
    this.peerId = session.peerId;
    this.invite = invite;
    this.#session = session;
    this.#duplex = duplex;
    this.#reader = reader;
    this.#outbox = new Outbox({
      transmit: (kind, body) =>
        this.#transmit(kind, (timeMs) => this.#session.seal(kind, body, timeMs)),
      onStuck: () => this.#cut({ kind: 'lost', cause: 'not_drained' }),
    });
    this.#sender = new RecordSender({
      duplex,
      now,
      watch: (draining) => this.#outbox.watch(draining),
    });
    this.#closing = new CloseExchange({
      session,
      sendClose: (code) => this.#sendClose(code),
      onDone: () => this.#end(this.#closing.outcome()),
    });
    this.#silence = new IdleTimer(
      () => SILENCE_TIMEOUT_MS,
      () => this.#cut({ kind: 'lost', cause: 'silence' }),
    );
    this.#keepAlive = pingTimer(
      session,
      backend,
      () => void this.#sendHeartbeat(PROTOCOL_KIND.ping),
    );
    this.#rekeying = rekeyingOf(session, {
      send: (kind, seal) => void this.#transmitQuietly(kind, seal),
      onTimeout: () => void this.close(CLOSE_CODE.rekeyTimeout),
    });
    this.#limit = new SessionLimit(session, () => void this.close(CLOSE_CODE.sessionAge));
    const lift = (): void => this.#inbox.lift();
    void duplex.closed.then(lift, lift);
    void this.#receiveAll();
  }

  send(kind: number, body: Uint8Array): Promise<void> {
    if (isApplicationKind(kind)) return this.#outbox.add(kind, body);
    const message = 'Only records of kind 32 to 255 can be sent.';
    return Promise.reject(new ProtocolError('misuse', message));
  }

  close(code: CloseCode = CLOSE_CODE.normal): Promise<ChannelEnd> {
    if (!this.#hasEnded) this.#closing.start(code);
    return this.closed;
  }

  reject(): Promise<ChannelEnd> {
    this.#cut({ kind: 'protocol_error' });
    return this.closed;
  }

  /** Seals and hands over; rejects if the session or the connection is over. */
  async #transmit(kind: number, seal: (timeMs: number) => Uint8Array): Promise<void> {
    const sent = this.#sender.send(seal);
    this.#keepAlive?.touch();
    this.#afterRecord(kind);
    await sent;
  }

  #afterRecord(kind: number): void {
    this.#rekeying.afterRecord(kind);
    this.#limit.afterRecord();
  }

  /** For records whose loss the end of the channel tells by itself, and which a session that has closed does not seal. */
  async #transmitQuietly(kind: number, seal: (timeMs: number) => Uint8Array): Promise<void> {
    await this.#transmit(kind, seal).catch(() => undefined);
  }

  #sendHeartbeat(kind: number): Promise<void> {
    return this.#transmitQuietly(kind, (timeMs) => this.#session.seal(kind, NO_BYTES, timeMs));
  }

  async #sendClose(code: CloseCode): Promise<void> {
    this.#keepAlive?.stop();
    this.#rekeying.stop();
    const sent = this.#sender.send((timeMs) => this.#session.sealClose(code, timeMs));
    this.#outbox.stop(sessionOver());
    await sent;
  }

  async #receiveAll(): Promise<void> {
    for (;;) {
      const frame = await this.#reader.take();
      if (this.#hasEnded) return;
      if (frame === ENDED) {
        this.#end(this.#closing.outcome());
        return;
      }
      const room = this.#receive(frame);
      if (room) {
        // The application is slow, not the peer.
        this.#silence.pause();
        await room;
        this.#silence.resume();
      }
    }
  }

  #receive(frame: Uint8Array): Promise<void> | undefined {
    let record: ReceivedRecord;
    try {
      record = this.#session.open(frame);
    } catch {
      // The peer learns nothing about why: Spec 5.4.
      this.#cut({ kind: 'protocol_error' });
      return undefined;
    }
    this.#silence.touch();
    if (record.kind === PROTOCOL_KIND.ping) this.#pongs.answer();
    if (record.kind === PROTOCOL_KIND.close) void this.#closing.finishWithPeer();
    this.#afterRecord(record.kind);
    return isApplicationKind(record.kind) ? this.#inbox.add(record) : undefined;
  }

  #cut(end: ChannelEnd): void {
    this.#duplex.terminate();
    this.#end(end);
  }

  #end(end: ChannelEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#closing.stop();
    this.#silence.stop();
    this.#keepAlive?.stop();
    this.#rekeying.stop();
    this.#limit.stop();
    this.#session.erase();
    this.#outbox.abandon(sessionOver());
    this.#inbox.end();
    void disconnect(this.#duplex).then(() => this.#closed.resolve(end));
  }
}
