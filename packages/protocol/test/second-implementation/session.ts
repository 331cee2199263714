// Sections 3 to 5 of the specification: records, rekeys and CLOSE, for either role.
import type { Draw, Note, SessionKeys } from './handshake.js';
import {
  ascii,
  DH,
  encapsulate,
  H,
  join,
  KDF,
  kemKeys,
  open,
  publicOf,
  readUint,
  requireThat,
  same,
  seal,
  STREAM64,
  u16,
  u32,
  u64,
  zeros,
} from './primitives.js';

export const KIND = {
  ping: 3,
  pong: 4,
  rekey1: 16,
  rekey2: 17,
  rekeyRequest: 18,
  close: 31,
} as const;
const BUCKETS = Array.from({ length: 11 }, (_, power) => 256 * 2 ** power);

export interface Message {
  readonly kind: number;
  readonly timeMs: number;
  readonly body: Uint8Array;
}

interface Direction {
  chain: Uint8Array;
  epoch: number;
  seq: number;
}

interface Started {
  readonly secret: Uint8Array;
  readonly kem: ReturnType<typeof kemKeys>;
  readonly body: Uint8Array;
}

function bucketOf(length: number): number {
  const bucket = BUCKETS.find((size) => size >= length);
  requireThat(bucket !== undefined, 'the body is too long');
  return bucket;
}

export class Session {
  readonly #isClient: boolean;
  readonly #draw: Draw;
  readonly #note: Note;
  readonly #sid: Uint8Array;
  #rk: Uint8Array;
  readonly #out: Direction;
  #in: Direction;
  /** The server, after REKEY2: where the first record of the new epoch will be. */
  #nextChain: Uint8Array | undefined;
  #started: Started | undefined;
  #answer: { readonly body: Uint8Array; readonly keys: Uint8Array } | undefined;
  hasClosed = false;
  peerClose: { readonly code: number; readonly count: number } | undefined;

  constructor(
    role: 'client' | 'server',
    keys: SessionKeys,
    draw: Draw,
    note: Note = () => undefined,
  ) {
    this.#isClient = role === 'client';
    this.#draw = draw;
    this.#note = note;
    this.#sid = keys.sid;
    this.#rk = keys.rk;
    const [out, incoming] = this.#isClient ? [keys.c2s, keys.s2c] : [keys.s2c, keys.c2s];
    this.#out = { chain: out, epoch: 0, seq: 0 };
    this.#in = { chain: incoming, epoch: 0, seq: 0 };
  }

  get epoch(): number {
    return this.#out.epoch;
  }

  seal(kind: number, body: Uint8Array, timeMs: number): Uint8Array {
    requireThat(
      !this.hasClosed && (!this.peerClose || kind === KIND.close),
      'nothing follows CLOSE',
    );
    const step = STREAM64(this.#out.chain, ascii('gravy chain1'));
    const [next, mk] = [step.subarray(0, 32), step.subarray(32)];
    this.#note('mk', mk);
    const content = join(Uint8Array.of(kind), u64(timeMs), u32(body.length), body);
    const inner = zeros(bucketOf(content.length));
    inner.set(content);
    const header = join(Uint8Array.of(0x10, 0), u32(this.#out.epoch), u64(this.#out.seq));
    const frame = join(header, seal({ key: mk, nonce: header.subarray(2), ad: header }, inner));
    this.#out.chain = next;
    this.#out.seq += 1;
    this.hasClosed = kind === KIND.close;
    return frame;
  }

  close(code: number, timeMs: number): Uint8Array {
    return this.seal(KIND.close, join(u16(code), u64(this.#in.seq)), timeMs);
  }

  startRekey(timeMs: number): Uint8Array {
    requireThat(this.#isClient && !this.#started, 'one rekey at a time, by the client');
    const secret = this.#draw('rekey.client.x25519', 32);
    const kem = kemKeys(this.#draw('rekey.client.mlkem', 64));
    const body = join(u32(this.#out.epoch + 1), publicOf(secret), kem.ek);
    this.#started = { secret, kem, body };
    return this.seal(KIND.rekey1, body, timeMs);
  }

  answerRekey(timeMs: number): Uint8Array {
    requireThat(this.#answer !== undefined, 'no rekey waits for an answer');
    const { body, keys } = this.#answer;
    const frame = this.seal(KIND.rekey2, body, timeMs);
    this.#rk = keys.subarray(0, 32);
    this.#nextChain = keys.subarray(32, 64);
    this.#out.chain = keys.subarray(64);
    this.#out.epoch += 1;
    this.#answer = undefined;
    return frame;
  }

  open(frame: Uint8Array): Message {
    requireThat(!this.peerClose, 'nothing follows CLOSE');
    const bucket = frame.length - 30;
    requireThat(BUCKETS.includes(bucket), 'the size is that of no bucket');
    const header = frame.subarray(0, 14);
    requireThat(same(header.subarray(0, 2), Uint8Array.of(0x10, 0)), 'type');
    const [epoch, seq] = [readUint(header.subarray(2, 6)), readUint(header.subarray(6))];
    requireThat(seq === this.#in.seq, 'seq');
    const isNew = this.#nextChain !== undefined && epoch === this.#in.epoch + 1;
    requireThat(isNew || epoch === this.#in.epoch, 'epoch');
    const step = STREAM64(
      isNew && this.#nextChain ? this.#nextChain : this.#in.chain,
      ascii('gravy chain1'),
    );
    const key = step.subarray(32);
    const inner = open({ key, nonce: header.subarray(2), ad: header }, frame.subarray(14));
    const length = readUint(inner.subarray(9, 13));
    requireThat(bucketOf(13 + length) === bucket, 'not the smallest bucket');
    requireThat(
      inner.subarray(13 + length).every((byte) => byte === 0),
      'the padding is not zero',
    );
    const message = {
      kind: inner[0] ?? 0,
      timeMs: readUint(inner.subarray(1, 9)),
      body: inner.subarray(13, 13 + length),
    };
    const direction = { chain: step.subarray(0, 32), epoch, seq: seq + 1 };
    const effect = this.#judge(message, { epoch, isNew });
    this.#in = direction;
    if (isNew) this.#nextChain = undefined;
    effect();
    return message;
  }

  /** Checks a message whose kind is the protocol's; gives what it does once it counts. */
  #judge(
    { kind, body }: Message,
    at: { readonly epoch: number; readonly isNew: boolean },
  ): () => void {
    if (kind >= 32) return () => undefined;
    if (kind === KIND.ping || kind === KIND.pong) {
      requireThat(body.length === 0, 'PING and PONG are empty');
      return () => undefined;
    }
    if (kind === KIND.close) {
      requireThat(body.length === 10, 'the length of CLOSE');
      const count = readUint(body.subarray(2));
      requireThat(count <= this.#out.seq, 'more was taken than was sent');
      return () => {
        this.peerClose = { code: readUint(body.subarray(0, 2)), count };
      };
    }
    if (this.#isClient && kind === KIND.rekeyRequest) {
      requireThat(body.length === 0, 'REKEY_REQ is empty');
      return () => undefined;
    }
    if (this.#isClient && kind === KIND.rekey2) return this.#takeRekey2(body);
    requireThat(
      !this.#isClient && kind === KIND.rekey1,
      'an unknown kind, or one in its wrong place',
    );
    return this.#takeRekey1(body, at);
  }

  #takeRekey2(body: Uint8Array): () => void {
    const started = this.#started;
    requireThat(
      started !== undefined && body.length === 1124,
      'REKEY2 unasked, or of another length',
    );
    const epoch = this.#out.epoch + 1;
    requireThat(readUint(body.subarray(0, 4)) === epoch, 'epoch + 1');
    const [ss, dh] = [
      started.kem.open(body.subarray(36)),
      DH(started.secret, body.subarray(4, 36)),
    ];
    const keys = this.#newKeys({ ss, dh, epoch, bodies: join(started.body, body) });
    return () => {
      this.#rk = keys.subarray(0, 32);
      this.#out.chain = keys.subarray(32, 64);
      this.#out.epoch = epoch;
      this.#in = { chain: keys.subarray(64), epoch, seq: this.#in.seq };
      this.#started = undefined;
    };
  }

  #takeRekey1(
    body: Uint8Array,
    at: { readonly epoch: number; readonly isNew: boolean },
  ): () => void {
    const isSecond = this.#answer !== undefined || (this.#nextChain !== undefined && !at.isNew);
    requireThat(!isSecond && body.length === 1220, 'a second REKEY1, or one of another length');
    const epoch = at.epoch + 1;
    requireThat(readUint(body.subarray(0, 4)) === epoch && epoch < 2 ** 31, 'epoch + 1');
    const secret = this.#draw('rekey.server.x25519', 32);
    const { ct, ss } = encapsulate(body.subarray(36), this.#draw('rekey.server.mlkem', 32));
    const answer = join(u32(epoch), publicOf(secret), ct);
    const dh = DH(secret, body.subarray(4, 36));
    const keys = this.#newKeys({ ss, dh, epoch, bodies: join(body, answer) });
    return () => {
      this.#answer = { body: answer, keys };
    };
  }

  #newKeys(of: {
    readonly ss: Uint8Array;
    readonly dh: Uint8Array;
    readonly epoch: number;
    readonly bodies: Uint8Array;
  }): Uint8Array {
    const transcript = H(join(this.#sid, of.bodies));
    const info = join(ascii('gravy/1 rekey'), u32(of.epoch), transcript);
    const keys = KDF(this.#rk, join(of.ss, of.dh), info, 96);
    this.#note('rk_1', keys.subarray(0, 32));
    this.#note('c2s_1', keys.subarray(32, 64));
    this.#note('s2c_1', keys.subarray(64));
    return keys;
  }
}
