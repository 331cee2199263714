// What each runtime has to show, with nothing but the package and what all runtimes have.
import {
  awaitHandshake,
  CLOSE_CODE,
  memoryDuplexPair,
  openChannel,
  OwnKey,
  portableBackend,
  startHandshake,
  type Channel,
  type Duplex,
} from '@gravy/protocol';

const TEXT = 32;
/** The largest body that fills 64 KiB. */
const LARGE_BYTES = 65_523;
const REKEYS = 3;

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

/** The server: echoes until the client closes. Gives how the channel ended. */
export async function answer(duplex: Duplex): Promise<string> {
  const channel = await openChannel(duplex, { role: 'server', ownKey: serverKey, authorize });
  for await (const { kind, body } of channel.records) await channel.send(kind, body);
  return JSON.stringify(await channel.closed);
}

/**
 * A client with a rekey after each of its bodies: by the steps, since when a channel rekeys is a matter of minutes.
 * Gives the epoch it has come to.
 */
export async function callAndRekey(duplex: Duplex): Promise<number> {
  const messages = duplex.messages[Symbol.asyncIterator]();
  const exchange = async (message: Uint8Array): Promise<Uint8Array> => {
    await duplex.send(message);
    const { value, done } = await messages.next();
    if (done === true) throw new Error('The connection has ended.');
    return value;
  };
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
  const proof = hello.next.receive(await exchange(hello.message));
  const session = proof.next.receive(await exchange(proof.message));
  const echo = async (body: Uint8Array): Promise<void> => {
    const answered = session.open(await exchange(session.seal(TEXT, body, Date.now())));
    if (!isSame(answered.body, body)) throw new Error('The echo is another.');
  };
  for (let count = 1; count <= REKEYS; count += 1) {
    await echo(new Uint8Array(count).fill(count));
    session.open(await exchange(session.sealRekeyStart(Date.now())));
    await echo(new Uint8Array(LARGE_BYTES).fill(count));
  }
  session.open(await exchange(session.sealClose(CLOSE_CODE.normal, Date.now())));
  if (!session.peerClose) throw new Error('The answer to CLOSE is none.');
  duplex.close();
  return session.epoch;
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

interface Ends {
  /** As the client: how the channel ended, and the epoch after the rekeys. */
  readonly called: string;
  readonly epoch: number;
  /** As the server, to a client of each kind. */
  readonly answered: readonly string[];
}

export interface Outcome {
  readonly agrees: boolean;
  readonly alone: Ends;
  readonly withPeer: Ends;
}

async function talkAlone(): Promise<Ends> {
  const [near, far] = memoryDuplexPair();
  const [called, first] = await Promise.all([call(near), answer(far)]);
  const [nearAgain, farAgain] = memoryDuplexPair();
  const [epoch, second] = await Promise.all([callAndRekey(nearAgain), answer(farAgain)]);
  return { called, epoch, answered: [first, second] };
}

/** Dials the peer in each role: whom the peer is to play stands in the path. */
async function talkWithPeer(dial: (path: string) => Duplex): Promise<Ends> {
  const called = await call(dial('/answer'));
  const epoch = await callAndRekey(dial('/answer'));
  const answered = [await answer(dial('/call')), await answer(dial('/call-and-rekey'))];
  return { called, epoch, answered };
}

/** Both sides in this runtime, then each of them here with the other in the peer. */
export async function talk(dial: (path: string) => Duplex): Promise<Outcome> {
  return {
    agrees: agreesWithPortable(),
    alone: await talkAlone(),
    withPeer: await talkWithPeer(dial),
  };
}
