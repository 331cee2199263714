// The records of an authenticated connection: Spec 3.1 and 4.4, with the CLOSE rules of Spec 5.2.
//
//   open --sealClose()--> closing --open(CLOSE)--> closed        any --erase(), a rejected record--> over
//   open --open(CLOSE)--> closing --sealClose()--> closed
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { copyBytes } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import {
  EPOCH_RESERVE_RECORDS,
  MAX_BODY_BYTES,
  MAX_EPOCH,
  MAX_RECORDS_PER_EPOCH,
  MAX_SEQUENCE,
} from '../limits.js';
import { requireBytes } from '../require-bytes.js';
import { encodeCloseBody } from './close-body.js';
import type { CloseCode } from './close-code.js';
import type { EpochUsage } from './epoch-usage.js';
import { isApplicationKind, PROTOCOL_KIND } from './kind.js';
import type { LiveState } from './live-state.js';
import type { Opened } from './open-next.js';
import type { PeerClose } from './peer-close.js';
import type { ReceivedRecord } from './received-record.js';
import type { Role } from './role.js';
import { sealNext } from './seal-next.js';
import type { SessionState } from './session-state.js';

interface SharedSessionOptions<State extends SessionState> {
  readonly peerId: Uint8Array;
  readonly backend: CryptoBackend;
  readonly live: LiveState<State>;
  readonly open: (state: State, frame: Uint8Array) => Opened<State>;
}

/** What the sessions of both roles do alike. */
export abstract class SharedSession<State extends SessionState> {
  abstract readonly role: Role;
  /** The peer's long-term id, 32 bytes. */
  readonly peerId: Uint8Array;
  readonly #backend: CryptoBackend;
  readonly #live: LiveState<State>;
  readonly #open: (state: State, frame: Uint8Array) => Opened<State>;

  constructor({ peerId, backend, live, open }: SharedSessionOptions<State>) {
    this.peerId = copyBytes(peerId);
    this.#backend = backend;
    this.#live = live;
    this.#open = open;
  }

  /** The peer's CLOSE, once it has been opened. */
  get peerClose(): PeerClose | undefined {
    return this.#live.last.peerClose;
  }

  /** The epoch of the next record that is sealed; the first is 0. */
  get epoch(): number {
    return this.#live.last.sending.epoch;
  }

  /** What the current epoch has carried, in both directions. */
  get epochUsage(): EpochUsage {
    return this.#live.last.usage;
  }

  /** Whether so little is left of a limit that the session should be closed (session age) and replaced. */
  get isNearLimit(): boolean {
    const { sending, receiving } = this.#live.last;
    return [sending, receiving].some(
      ({ recordsInEpoch, sequence, epoch }) =>
        recordsInEpoch >= MAX_RECORDS_PER_EPOCH - EPOCH_RESERVE_RECORDS ||
        sequence >= MAX_SEQUENCE - EPOCH_RESERVE_RECORDS ||
        epoch >= MAX_EPOCH - 1,
    );
  }

  /**
   * Seals a record of kind 32 to 255, or an empty PING (3) or PONG (4). `timeMs`: Unix milliseconds.
   * Throws `misuse` (kind, time, or a body that is no Uint8Array or over 262,131 bytes), `session_over` after either CLOSE, or `limit_reached`.
   */
  seal(kind: number, body: Uint8Array, timeMs: number): Uint8Array {
    const isHeartbeat = kind === PROTOCOL_KIND.ping || kind === PROTOCOL_KIND.pong;
    if (!isApplicationKind(kind) && !(isHeartbeat && body.length === 0)) {
      throw new ProtocolError('misuse', 'Only records of kind 32 to 255 can be sent.');
    }
    requireBytes('body', body);
    if (body.length > MAX_BODY_BYTES) {
      throw new ProtocolError('misuse', `A record's body has at most ${MAX_BODY_BYTES} bytes.`);
    }
    return this.#seal({ kind, body, timeMs });
  }

  /** Seals CLOSE: the last record from this side. Throws as `seal` does, but not after the peer's CLOSE. */
  sealClose(code: CloseCode, timeMs: number): Uint8Array {
    const { sequence: receivedCount } = this.#live.current.receiving;
    const body = encodeCloseBody({ code, receivedCount });
    return this.#seal({ kind: PROTOCOL_KIND.close, body, timeMs });
  }

  /**
   * Opens the next record. The frame stays the caller's. Throws `record_rejected` for anything but the next valid record:
   * nothing of it has counted then, and the session is over. Throws `session_over` afterwards.
   */
  open(frame: Uint8Array): ReceivedRecord {
    const { current } = this.#live;
    try {
      const { record, next } = this.#open(current, frame);
      this.#live.commit(next);
      return record;
    } catch (error) {
      this.erase();
      throw error;
    }
  }

  /** Ends the session and overwrites its keys. */
  erase(): void {
    this.#live.erase();
  }

  #seal(record: ReceivedRecord): Uint8Array {
    const { frame, next } = sealNext(this.#backend, this.#live.current, record);
    this.#live.commit(next);
    return frame;
  }
}
