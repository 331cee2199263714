// What each runtime has to show, with nothing but the package and what all runtimes have.
import {
  memoryDuplexPair,
  openChannel,
  OwnKey,
  portableBackend,
  startHandshake,
  awaitHandshake,
  type Channel,
  type Duplex,
} from '@gravy/protocol';

const TEXT = 32;
/** The largest body that fills 64 KiB. */
const LARGE_BYTES = 65_523;

const keyOf = (fill: number): OwnKey => OwnKey.fromSeed(new Uint8Array(32).fill(fill));
const clientKey = keyOf(1);
const serverKey = keyOf(2);

const bodies = (): readonly Uint8Array[] =>
  [0, 1, 1_011, LARGE_BYTES].map((length) => new Uint8Array(length).fill(length & 0xff));

async function next(channel: Channel): Promise<Uint8Array> {
  const { value, done } = await channel.records[Symbol.asyncIterator]().next();
  if (done === true) throw new Error('The channel has ended.');
  return value.body;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** The client: sends each body, reads each echo, closes. Gives how the channel ended. */
export async function call(duplex: Duplex): Promise<string> {
  const channel = await openChannel(duplex, {
    role: 'client',
    ownKey: clientKey,
    peerId: serverKey.id,
  });
  for (const body of bodies()) {
    await channel.send(TEXT, body);
    if (!isSame(await next(channel), body)) throw new Error('The echo is another.');
  }
  const end = await channel.close();
  return JSON.stringify(end);
}

const authorize = ({ id }: { readonly id: Uint8Array }): boolean => isSame(id, clientKey.id);

/** The server: echoes until the client closes. */
export async function answer(duplex: Duplex): Promise<string> {
  const channel = await openChannel(duplex, { role: 'server', ownKey: serverKey, authorize });
  for await (const { kind, body } of channel.records) await channel.send(kind, body);
  return JSON.stringify(await channel.closed);
}

/** A rekey and texts in both epochs, by the steps: when a channel rekeys is a matter of minutes. */
function rekey(): number {
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
  const reply = awaitHandshake({ ownKey: serverKey }).receive(hello.message);
  const proof = hello.next.receive(reply.message);
  const accepted = reply.next.receive(proof.message).accept();
  const [client, server] = [proof.next.receive(accepted.message), accepted.session];
  for (let count = 0; count < 3; count += 1) {
    server.open(client.seal(TEXT, new Uint8Array(1), 1));
    server.open(client.sealRekeyStart(1));
    client.open(server.sealRekeyAnswer(1));
    client.open(server.seal(TEXT, new Uint8Array(LARGE_BYTES), 1));
  }
  return client.epoch;
}

/** With the portable back end on one side, whatever the runtime chose on the other. */
function agreesWithPortable(): boolean {
  const portableKey = OwnKey.fromSeed(new Uint8Array(32).fill(2), portableBackend);
  const hello = startHandshake({ ownKey: clientKey, peerId: portableKey.id });
  const options = { ownKey: portableKey, backend: portableBackend };
  const reply = awaitHandshake(options).receive(hello.message);
  const proof = hello.next.receive(reply.message);
  return isSame(reply.next.receive(proof.message).peerId, clientKey.id);
}

export interface Outcome {
  readonly epoch: number;
  readonly agrees: boolean;
  readonly ends: readonly string[];
}

/** Both sides in this runtime. */
export async function talkAlone(): Promise<Outcome> {
  const [near, far] = memoryDuplexPair();
  const ends = await Promise.all([call(near), answer(far)]);
  return { epoch: rekey(), agrees: agreesWithPortable(), ends };
}
