// Two people as a model: texts that are sent until they are acknowledged, over sessions that are cut, closed and begun anew.
import type { SeededRandom } from '@gravy/testing';
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { nodeBackend } from '../../src/backend/node/node.js';
import { ProtocolError } from '../../src/errors.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import type { ClientSession } from '../../src/record/client-session.js';
import { PROTOCOL_KIND } from '../../src/record/kind.js';
import type { ServerSession } from '../../src/record/server-session.js';
import { keyOf } from '../pair.js';
import { toHex } from '../vector-file.js';

const TEXT = 32;
const ACK = 33;
const clientKey = keyOf(1);
const serverKey = keyOf(2);

function numberBody(random: SeededRandom, value: number): Uint8Array {
  const body = new Uint8Array(4 + random.below(400));
  new DataView(body.buffer).setUint32(0, value);
  return body;
}

const numberIn = (body: Uint8Array): number =>
  new DataView(body.buffer, body.byteOffset).getUint32(0);

/** One side: what it has written and not seen acknowledged, and what it has read. */
export class Person<S extends ClientSession | ServerSession> {
  readonly #random: SeededRandom;
  readonly received: number[] = [];
  readonly unacknowledged: number[] = [];
  written = 0;
  session: S | undefined;
  hasClosed = false;
  /** Frames on their way to this side. */
  readonly incoming: Uint8Array[] = [];
  peer: Person<ClientSession | ServerSession> | undefined;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  get canSend(): boolean {
    return this.session !== undefined && !this.hasClosed && !this.session.peerClose;
  }

  write(): void {
    this.unacknowledged.push(this.written);
    this.sendText(this.written);
    this.written += 1;
  }

  sendText(text: number): void {
    this.transmit((session) => session.seal(TEXT, numberBody(this.#random, text), text));
  }

  transmit(seal: (session: S) => Uint8Array): void {
    if (this.session && this.canSend) this.peer?.incoming.push(seal(this.session));
  }

  close(): void {
    const { session } = this;
    if (!session || this.hasClosed) return;
    this.hasClosed = true;
    this.peer?.incoming.push(session.sealClose(0, 1));
  }

  /** Takes the next frame. False if the session did not survive it. */
  receive(): boolean {
    const frame = this.incoming.shift();
    const { session } = this;
    if (!frame || !session || session.peerClose) return true;
    let record;
    try {
      record = session.open(frame);
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.code !== 'record_rejected') throw error;
      expectOver(session);
      return false;
    }
    if (record.kind === TEXT) this.#take(numberIn(record.body));
    if (record.kind === ACK) this.#acknowledged(numberIn(record.body));
    if (record.kind === PROTOCOL_KIND.close) this.close();
    return true;
  }

  #take(text: number): void {
    if (text > this.received.length) throw new Error(`Text ${text} came before its turn.`);
    if (text === this.received.length) this.received.push(text);
    this.transmit((session) => session.seal(ACK, numberBody(this.#random, text), text));
  }

  #acknowledged(text: number): void {
    if (text >= this.written) throw new Error('A text was acknowledged that nobody wrote.');
    const at = this.unacknowledged.indexOf(text);
    if (at >= 0) this.unacknowledged.splice(at, 1);
  }
}

function expectOver(session: ClientSession | ServerSession): void {
  const uses = [() => session.seal(TEXT, new Uint8Array(0), 1), () => session.sealClose(0, 1)];
  for (const use of [...uses, () => session.open(new Uint8Array(286))]) {
    try {
      use();
    } catch (error) {
      if (error instanceof ProtocolError && error.code === 'session_over') continue;
    }
    throw new Error('A session that has rejected a record is of use still.');
  }
}

/** The node back end; throws when a key and nonce seal a second time. */
function sealingOnce(): CryptoBackend {
  const used = new Set<string>();
  return {
    ...nodeBackend,
    aeadSeal: (key, nonce, associatedData, plaintext) => {
      const name = toHex(key) + toHex(nonce);
      if (used.has(name)) throw new Error('A key and nonce were used twice.');
      used.add(name);
      return nodeBackend.aeadSeal(key, nonce, associatedData, plaintext);
    },
  };
}

export class TwoPeers {
  readonly client: Person<ClientSession>;
  readonly server: Person<ServerSession>;
  readonly #backend = sealingOnce();
  connections = 0;
  rekeys = 0;

  constructor(random: SeededRandom) {
    this.client = new Person(random);
    this.server = new Person(random);
    [this.client.peer, this.server.peer] = [this.server, this.client];
    this.connect();
  }

  get people(): readonly Person<ClientSession | ServerSession>[] {
    return [this.client, this.server];
  }

  /** A new connection, over which each side sends again what was not acknowledged. */
  connect(): void {
    this.cut();
    const options = { backend: this.#backend };
    const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, ...options });
    const reply = awaitHandshake({ ownKey: serverKey, ...options }).receive(hello.message);
    const proof = hello.next.receive(reply.message);
    const accepted = reply.next.receive(proof.message).accept();
    this.client.session = proof.next.receive(accepted.message);
    this.server.session = accepted.session;
    this.connections += 1;
    for (const person of this.people) {
      person.hasClosed = false;
      for (const text of person.unacknowledged) person.sendText(text);
    }
  }

  cut(): void {
    for (const person of this.people) {
      person.session?.erase();
      person.session = undefined;
      person.incoming.length = 0;
    }
  }

  startRekey(): void {
    if (this.client.session?.isRekeyOutstanding === false) {
      this.client.transmit((session) => session.sealRekeyStart(1));
    }
  }

  answerRekey(): void {
    if (this.server.session?.isRekeyOwed !== true || !this.server.canSend) return;
    this.server.transmit((session) => session.sealRekeyAnswer(1));
    this.rekeys += 1;
  }

  requestRekey(): void {
    if (this.server.session?.mayRequestRekey === true) {
      this.server.transmit((session) => session.sealRekeyRequest(1));
    }
  }

  deliver(to: Person<ClientSession | ServerSession>): void {
    if (!to.receive()) this.cut();
  }

  /** Without any more trouble, until nothing is on its way. */
  settle(): void {
    this.connect();
    while (this.people.some(({ incoming }) => incoming.length > 0)) {
      for (const person of this.people) this.deliver(person);
      this.answerRekey();
    }
  }
}
