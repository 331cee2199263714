// The records of an authenticated connection: Spec 3, with the CLOSE rules of Spec 5.
//
//   open --sealClose()--> closing --open(CLOSE)--> closed        any --erase(), a rejected record--> over
//   open --open(CLOSE)--> closing --sealClose()--> closed
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { wipe } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { EPOCH_RESERVE_RECORDS, MAX_BODY_BYTES, MAX_RECORDS_PER_EPOCH } from '../limits.js';
import type { CloseCode } from './close-code.js';
import { decodeCloseBody, encodeCloseBody } from './close-body.js';
import {
  openRecord,
  rejectedRecord,
  sealRecord,
  startDirection,
  type Direction,
} from './direction.js';
import { isApplicationKind, PROTOCOL_KIND } from './kind.js';
import { interpretClose, type PeerClose } from './peer-close.js';
import type { ReceivedRecord } from './received-record.js';
import type { Role } from './role.js';
import type { SessionSecrets } from './session-secrets.js';

interface SessionOptions {
  readonly role: Role;
  readonly peerId: Uint8Array;
  readonly backend: CryptoBackend;
  /** The session's from here on. */
  readonly secrets: SessionSecrets;
}

/** Seals and opens the records of one connection, in order. Only a finished handshake makes one. */
export class Session {
  readonly role: Role;
  /** The peer's long-term id, 32 bytes. */
  readonly peerId: Uint8Array;
  readonly #backend: CryptoBackend;
  /** rk and sid: what the next epoch's keys are derived from (Spec 4). */
  readonly #rekeySecrets: readonly [root: Uint8Array, sessionId: Uint8Array];
  #sending: Direction;
  #receiving: Direction;
  #hasClosed = false;
  #peerClose: PeerClose | undefined;
  #isOver = false;

  constructor({ role, peerId, backend, secrets }: SessionOptions) {
    const { clientToServer, serverToClient, root, sessionId } = secrets;
    const isClient = role === 'client';
    this.role = role;
    this.peerId = peerId.slice();
    this.#backend = backend;
    this.#rekeySecrets = [root, sessionId];
    this.#sending = startDirection(isClient ? clientToServer : serverToClient);
    this.#receiving = startDirection(isClient ? serverToClient : clientToServer);
  }

  /** The peer's CLOSE, once it has been opened. */
  get peerClose(): PeerClose | undefined {
    return this.#peerClose;
  }

  /** Whether so many records have gone one way that the session should be closed (session age) and replaced. */
  get isNearLimit(): boolean {
    const records = Math.max(this.#sending.recordsInEpoch, this.#receiving.recordsInEpoch);
    return records >= MAX_RECORDS_PER_EPOCH - EPOCH_RESERVE_RECORDS;
  }

  /**
   * Seals a record of kind 32 to 255, or an empty PING (3) or PONG (4). `timeMs`: Unix milliseconds.
   * Throws `misuse` (kind, body over 262,131 bytes, time), `session_over` after either CLOSE, or `limit_reached`.
   */
  seal(kind: number, body: Uint8Array, timeMs: number): Uint8Array {
    const isHeartbeat = kind === PROTOCOL_KIND.ping || kind === PROTOCOL_KIND.pong;
    if (!isApplicationKind(kind) && !(isHeartbeat && body.length === 0)) {
      throw new ProtocolError('misuse', 'Only records of kind 32 to 255 can be sent.');
    }
    if (body.length > MAX_BODY_BYTES) {
      throw new ProtocolError('misuse', `A record's body has at most ${MAX_BODY_BYTES} bytes.`);
    }
    if (this.#peerClose) throw sessionOver();
    // The last record of the epoch is kept for CLOSE.
    return this.#seal({ kind, body, timeMs }, MAX_RECORDS_PER_EPOCH - 1);
  }

  /** Seals CLOSE: the last record from this side. Throws as `seal` does. */
  sealClose(code: CloseCode, timeMs: number): Uint8Array {
    const body = encodeCloseBody({ code, receivedCount: this.#receiving.sequence });
    const record = { kind: PROTOCOL_KIND.close, body, timeMs };
    const frame = this.#seal(record, MAX_RECORDS_PER_EPOCH);
    this.#hasClosed = true;
    return frame;
  }

  /**
   * Opens the next record. The frame stays the caller's. Throws `record_rejected` for anything but the next valid record:
   * nothing of it has counted then, and the session is over. Throws `session_over` afterwards.
   */
  open(frame: Uint8Array): ReceivedRecord {
    if (this.#isOver) throw sessionOver();
    let opened: ReturnType<typeof openRecord> | undefined;
    try {
      opened = this.#openNext(frame);
      const peerClose = this.#checkProtocolRecord(opened.record);
      wipe(this.#receiving.chainKey);
      this.#receiving = opened.next;
      this.#peerClose = peerClose;
      return opened.record;
    } catch (error) {
      if (opened) wipe(opened.next.chainKey);
      this.erase();
      throw error;
    }
  }

  /** Ends the session and overwrites its keys. */
  erase(): void {
    this.#isOver = true;
    wipe(this.#sending.chainKey, this.#receiving.chainKey, ...this.#rekeySecrets);
  }

  #seal(record: ReceivedRecord, limit: number): Uint8Array {
    if (this.#isOver || this.#hasClosed) throw sessionOver();
    if (!Number.isSafeInteger(record.timeMs) || record.timeMs < 0) {
      throw new ProtocolError('misuse', 'A time is a whole number of milliseconds since 1970.');
    }
    if (this.#sending.recordsInEpoch >= limit) {
      throw new ProtocolError('limit_reached', 'This session has sent its last record. Close it.');
    }
    const { frame, next } = sealRecord(this.#backend, this.#sending, record);
    wipe(this.#sending.chainKey);
    this.#sending = next;
    return frame;
  }

  #openNext(frame: Uint8Array): ReturnType<typeof openRecord> {
    const isFull = this.#receiving.recordsInEpoch >= MAX_RECORDS_PER_EPOCH;
    if (this.#peerClose || isFull) throw rejectedRecord();
    return openRecord(this.#backend, this.#receiving, frame);
  }

  /** Checks a record of kind 0 to 31 before it counts. Rekeying (16 to 18) is not in force: such a record is misplaced. */
  #checkProtocolRecord({ kind, body }: ReceivedRecord): PeerClose | undefined {
    if (isApplicationKind(kind)) return undefined;
    const isHeartbeat = kind === PROTOCOL_KIND.ping || kind === PROTOCOL_KIND.pong;
    if (isHeartbeat && body.length === 0) return undefined;
    const close = kind === PROTOCOL_KIND.close ? decodeCloseBody(body) : undefined;
    const own = { sentCount: this.#sending.sequence, hasClosed: this.#hasClosed };
    const peerClose = close && interpretClose(close, own);
    if (!peerClose) throw rejectedRecord();
    return peerClose;
  }
}

function sessionOver(): ProtocolError {
  return new ProtocolError('session_over', 'This session is over. Connect again.');
}
