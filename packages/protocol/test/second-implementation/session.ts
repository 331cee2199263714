// Sections 3 to 5 of the specification: records, rekeys and CLOSE, for either role.
import {
  firstDirection,
  innerOf,
  nextEpoch,
  openFrame,
  sealFrame,
  type Direction,
  type Message,
} from './frame.js';
import { join, readUint, requireThat, u16, u64 } from './primitives.js';
import { answerRekey, startRekey, type EpochKeys, type StartedRekey } from './rekey.js';
import { NOTHING, type Draw, type Note, type SessionKeys } from './schedule.js';

/** 3.4 */
export const KIND = {
  ping: 3,
  pong: 4,
  rekey1: 16,
  rekey2: 17,
  rekeyRequest: 18,
  close: 31,
} as const;

interface SessionOptions {
  readonly keys: SessionKeys;
  readonly draw: Draw;
  readonly note?: Note;
}

export class Session {
  readonly #isClient: boolean;
  readonly #draw: Draw;
  readonly #note: Note | undefined;
  readonly #sid: Uint8Array;
  #rk: Uint8Array;
  #out: Direction;
  /** Two at the server from its REKEY2 to the first record of the new epoch, otherwise one: 4.4. */
  #in: readonly Direction[];
  /** Of the client's REKEY1 that has no answer yet. */
  #started: StartedRekey | undefined;
  /** Of the server's REKEY2 that is to be sent. */
  #owed: { readonly rekey2: Uint8Array; readonly keys: EpochKeys } | undefined;
  #accepted = 0;
  hasClosed = false;
  peerClose: { readonly code: number; readonly count: number } | undefined;

  constructor(role: 'client' | 'server', { keys, draw, note }: SessionOptions) {
    this.#isClient = role === 'client';
    this.#draw = draw;
    this.#note = note;
    this.#sid = keys.sid;
    this.#rk = keys.rk;
    const { c2s, s2c } = keys;
    this.#out = firstDirection(this.#isClient ? c2s : s2c);
    this.#in = [firstDirection(this.#isClient ? s2c : c2s)];
  }

  /** Of what is sent. */
  get epoch(): number {
    return this.#out.epoch;
  }

  seal(kind: number, body: Uint8Array, timeMs: number): Uint8Array {
    requireThat(!this.hasClosed && (!this.peerClose || kind === KIND.close), 'after CLOSE: 5.2');
    const frame = this.sealInner(innerOf({ kind, timeMs, body }));
    this.hasClosed = kind === KIND.close;
    return frame;
  }

  /** Whatever it is: no peer would send most of it. */
  sealInner(inner: Uint8Array): Uint8Array {
    const { frame, mk, next } = sealFrame(this.#out, inner);
    this.#note?.('mk', mk);
    this.#out = next;
    return frame;
  }

  close(code: number, timeMs: number): Uint8Array {
    return this.seal(KIND.close, join(u16(code), u64(this.#accepted)), timeMs);
  }

  startRekey(timeMs: number): Uint8Array {
    requireThat(this.#isClient && !this.#started, 'one rekey at a time, by the client: 4.1');
    const started = startRekey(this.#draw, this.#out.epoch);
    const frame = this.seal(KIND.rekey1, started.rekey1, timeMs);
    this.#started = started;
    return frame;
  }

  /** The request of a server. */
  requestRekey(timeMs: number): Uint8Array {
    return this.seal(KIND.rekeyRequest, NOTHING, timeMs);
  }

  answerRekey(timeMs: number): Uint8Array {
    requireThat(this.#owed !== undefined, 'no REKEY1 waits for an answer');
    const { rekey2, keys } = this.#owed;
    const frame = this.seal(KIND.rekey2, rekey2, timeMs);
    this.#owed = undefined;
    this.#rk = keys.rk;
    this.#out = nextEpoch(this.#out, keys.s2c);
    this.#in = this.#in.flatMap((direction) => [direction, nextEpoch(direction, keys.c2s)]);
    return frame;
  }

  /** Throws `Refused` for what is fatal, and has changed nothing then: 3.5. */
  open(frame: Uint8Array): Message {
    requireThat(!this.peerClose, 'after CLOSE: 5.2');
    const { message, epoch, next } = openFrame(this.#in, frame);
    const takeEffect = this.#judge(message, epoch);
    // Both directions count on in `seq`; the one of the old epoch goes when the new one has been used.
    const later = this.#in.filter((direction) => direction.epoch > epoch);
    const moved = later.map((direction) => ({ ...direction, seq: next.seq, epochStart: next.seq }));
    this.#in = [next, ...moved];
    this.#accepted += 1;
    takeEffect?.();
    return message;
  }

  /** Checks what is of the protocol; gives what it does once it counts. */
  #judge({ kind, body }: Message, epoch: number): (() => void) | undefined {
    if (kind >= 32) return undefined;
    const isFromServer = this.#isClient;
    if (kind === KIND.ping || kind === KIND.pong) {
      requireThat(body.length === 0, 'PING and PONG are empty');
      return undefined;
    }
    if (kind === KIND.close) return this.#judgeClose(body);
    if (kind === KIND.rekeyRequest && isFromServer) {
      requireThat(body.length === 0, 'REKEY_REQ is empty');
      return undefined;
    }
    if (kind === KIND.rekey2 && isFromServer) return this.#judgeRekey2(body, epoch);
    requireThat(kind === KIND.rekey1 && !isFromServer, 'unknown, or of the other role');
    const isFirst = !this.#owed && !this.#in.some((direction) => direction.epoch > epoch);
    requireThat(isFirst, 'a second REKEY1');
    const owed = answerRekey(this.#draw, { rk: this.#rk, sid: this.#sid, epoch }, body);
    return () => {
      this.#owed = owed;
    };
  }

  #judgeClose(body: Uint8Array): () => void {
    requireThat(body.length === 10, 'the length of CLOSE');
    const [code, count] = [readUint(body.subarray(0, 2)), readUint(body.subarray(2))];
    requireThat(count <= this.#out.seq, 'more was taken than was sent');
    return () => {
      this.peerClose = { code, count };
    };
  }

  #judgeRekey2(body: Uint8Array, epoch: number): () => void {
    requireThat(this.#started !== undefined, 'a REKEY2 unasked');
    const keys = this.#started.complete({ rk: this.#rk, sid: this.#sid, epoch }, body);
    this.#note?.('rk_1', keys.rk);
    this.#note?.('c2s_1', keys.c2s);
    this.#note?.('s2c_1', keys.s2c);
    return () => {
      this.#started = undefined;
      this.#rk = keys.rk;
      this.#out = nextEpoch(this.#out, keys.c2s);
      this.#in = this.#in.map((direction) => nextEpoch(direction, keys.s2c));
    };
  }
}
