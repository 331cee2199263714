// A vector of sections 3 to 5: what one side of a session sends and receives, up to a record that it must refuse.
import { portableBackend, type ClientSession, type ServerSession } from '@gravy/protocol';
import { ascii, fromHex, hex, join, replaced, uint } from './bytes.ts';
import { drawsOf, runScript, scriptOf } from './scripted-handshake.ts';

export const KIND = {
  ping: 3,
  pong: 4,
  rekey1: 16,
  rekey2: 17,
  rekeyRequest: 18,
  close: 31,
  text: 32,
} as const;
export const NOTHING = new Uint8Array(0);

export interface Step {
  readonly do: 'send' | 'receive' | 'refuse';
  readonly kind?: number;
  readonly timeMs?: number;
  /** Left out for REKEY1 and REKEY2, which follow from the draws. */
  readonly body?: string;
  readonly frame: string;
}

export interface SessionVector {
  readonly name: string;
  readonly section: string;
  /** The side under test. */
  readonly role: 'client' | 'server';
  readonly keys: Readonly<Record<string, string>>;
  readonly draws: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly fault?: string;
}

/** The chain of one direction, for frames that no session seals. */
interface Position {
  chain: Uint8Array;
  epoch: number;
  seq: number;
}

export interface Content {
  readonly kind?: number;
  readonly body?: Uint8Array;
  readonly timeMs?: number;
}

export function insideOf({ kind = KIND.text, body = NOTHING, timeMs = 1 }: Content): Uint8Array {
  const content = join(uint(kind, 1), uint(timeMs, 8), uint(body.length, 4), body);
  let bucket = 256;
  while (bucket < content.length) bucket *= 2;
  return replaced(new Uint8Array(bucket), 0, content);
}

export function frameAround(
  inside: Uint8Array,
  { chain, epoch, seq }: Position,
  mark: Uint8Array = Uint8Array.of(0x10, 0),
): Uint8Array {
  const key = portableBackend.chacha20Block(chain, ascii('gravy chain1')).subarray(32);
  const header = join(mark, uint(epoch, 4), uint(seq, 8));
  return join(header, portableBackend.aeadSeal(key, header.subarray(2), header, inside));
}

/** Both sides of a session; every step is one of the side under test. */
export class Scene {
  readonly steps: Step[] = [];
  readonly #role: 'client' | 'server';
  readonly #client: ClientSession;
  readonly #server: ServerSession;
  readonly #rest: Omit<SessionVector, 'steps' | 'fault'>;
  /** Where the next record to the side under test stands, as long as no rekey has happened. */
  readonly #incoming: Position;
  readonly #start: Position;

  constructor(name: string, section: string, role: 'client' | 'server') {
    const script = scriptOf(name);
    const { client, server, derived } = runScript(script);
    this.#role = role;
    this.#client = client;
    this.#server = server;
    const { c2s_0 = '', s2c_0 = '', rk_0 = '', sid = '' } = derived;
    this.#incoming = { chain: fromHex(role === 'client' ? s2c_0 : c2s_0), epoch: 0, seq: 0 };
    this.#start = { ...this.#incoming };
    this.#rest = {
      name,
      section,
      role,
      keys: { c2s_0, s2c_0, rk_0, sid },
      draws: drawsOf(script, /^rekey\./u),
    };
  }

  /** The place of the first record to the side under test. */
  get start(): Position {
    return { ...this.#start };
  }

  get position(): Position {
    return { ...this.#incoming };
  }

  get #near(): ClientSession | ServerSession {
    return this.#role === 'client' ? this.#client : this.#server;
  }

  get #far(): ClientSession | ServerSession {
    return this.#role === 'client' ? this.#server : this.#client;
  }

  #advance(): void {
    const { chain } = this.#incoming;
    this.#incoming.chain = portableBackend
      .chacha20Block(chain, ascii('gravy chain1'))
      .subarray(0, 32);
    this.#incoming.seq += 1;
  }

  #deliver(frame: Uint8Array, to: 'near' | 'far'): this {
    const { kind, timeMs, body } = (to === 'near' ? this.#near : this.#far).open(frame);
    const isRekey = kind === KIND.rekey1 || kind === KIND.rekey2;
    const record = { kind, timeMs, ...(isRekey ? {} : { body: hex(body) }), frame: hex(frame) };
    this.steps.push({ do: to === 'near' ? 'receive' : 'send', ...record });
    if (to === 'near') this.#advance();
    return this;
  }

  send(kind: number, body: Uint8Array, timeMs = 1): this {
    return this.#deliver(this.#near.seal(kind, body, timeMs), 'far');
  }

  receive(kind: number, body: Uint8Array, timeMs = 1): this {
    return this.#deliver(this.#far.seal(kind, body, timeMs), 'near');
  }

  /** A forged record that must be taken. */
  receiveForged(content: Content): this {
    return this.#deliver(this.forge(content), 'near');
  }

  close(side: 'near' | 'far', code: 0 | 7): this {
    const frame = (side === 'near' ? this.#near : this.#far).sealClose(code, 1);
    return this.#deliver(frame, side === 'near' ? 'far' : 'near');
  }

  /** REKEY1, REKEY2 or REKEY_REQ, by whom it is the turn of. */
  rekey(step: 'start' | 'answer' | 'request'): this {
    const isClients = step === 'start';
    const seal = {
      start: () => this.#client.sealRekeyStart(1),
      answer: () => this.#server.sealRekeyAnswer(1),
      request: () => this.#server.sealRekeyRequest(1),
    }[step];
    return this.#deliver(seal(), (this.#role === 'client') === isClients ? 'far' : 'near');
  }

  /** A frame that the far side seals and nobody opens. */
  unsent(kind = KIND.text as number, body: Uint8Array = NOTHING): Uint8Array {
    return this.#far.seal(kind, body, 1);
  }

  done(): SessionVector {
    return { ...this.#rest, steps: this.steps };
  }

  refuse(fault: string, frame: Uint8Array): SessionVector {
    return { ...this.#rest, steps: [...this.steps, { do: 'refuse', frame: hex(frame) }], fault };
  }

  /** A record with this content, sealed with the right key at the right place. */
  forge(content: Content): Uint8Array {
    return frameAround(insideOf(content), this.#incoming);
  }
}
