// Every bit of the four messages, every length: what the receiver does, by the steps and over a connection.
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { openChannel } from '../../src/channel/open-channel.js';
import { ProtocolError } from '../../src/errors.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import type { RandomSource } from '../../src/random-source.js';
import { clientOptions, serverOptions } from '../open-pair.js';
import { MemoryDuplex } from '../memory-pair.js';
import { keyOf } from '../pair.js';

export const MESSAGE_BYTES = [1252, 1137, 149, 117] as const;
export type MessageNumber = 1 | 2 | 3 | 4;

/** What becomes of a message on its way. */
export type Change = (message: Uint8Array) => Uint8Array;

export const flipBit =
  (bit: number): Change =>
  (message) => {
    const copy = message.slice();
    copy.set([(copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))], bit >> 3);
    return copy;
  };

export const truncateTo =
  (length: number): Change =>
  (message) =>
    message.slice(0, length);

export const append: Change = (message) => Uint8Array.from([...message, 0]);

const fixed: RandomSource = (draw, length) => new Uint8Array(length).fill(draw.length);

/** One handshake after the other by the steps; throws unless the receiver of message `number` refuses what `change` makes of it. */
export function stepsUnder(
  backend: CryptoBackend,
): (number: MessageNumber, change: Change) => void {
  const options = { random: fixed, backend };
  const clientKey = keyOf(1, backend);
  const serverKey = keyOf(2, backend);
  return (number, change) => {
    let taken = 0;
    const passed = (at: MessageNumber, message: Uint8Array): Uint8Array => {
      taken = at;
      return at === number ? change(message) : message;
    };
    try {
      const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, ...options });
      const waiting = awaitHandshake({ ownKey: serverKey, ...options });
      const reply = waiting.receive(passed(1, hello.message));
      const proof = hello.next.receive(passed(2, reply.message));
      const accepted = reply.next.receive(passed(3, proof.message)).accept();
      proof.next.receive(passed(4, accepted.message));
    } catch (error) {
      // Whoever gets the changed message is the one that must refuse it, no other step before or after.
      const isRefusal = error instanceof ProtocolError && error.code !== 'misuse';
      if (isRefusal && taken === number) return;
      throw error;
    }
    throw new Error(`Message ${number} was taken although it had been changed.`);
  };
}

/** What one end of a connection shows whoever is at the other. */
interface Observed {
  readonly sent: readonly number[];
  readonly hasEnded: boolean;
}

/** The same over a connection; gives what the receiver of the changed message has sent in all, and whether it has ended. */
export async function overConnection(number: MessageNumber, change: Change): Promise<Observed> {
  const [near, far] = MemoryDuplex.pair();
  // The changed message is put into the connection in place of the honest one.
  const sender = number % 2 === 1 ? near : far;
  const receiver = number % 2 === 1 ? far : near;
  const index = number <= 2 ? 0 : 1;
  const send = sender.send.bind(sender);
  let count = 0;
  sender.send = (bytes) => {
    const isIt = count === index;
    count += 1;
    return send(isIt ? change(bytes) : bytes);
  };
  const outcomes = await Promise.allSettled([
    openChannel(near, clientOptions()),
    openChannel(far, serverOptions()),
  ]);
  const [client, server] = outcomes;
  const receiving = number % 2 === 1 ? server : client;
  if (receiving.status !== 'rejected') throw new Error(`Message ${number} was taken.`);
  // The server's own handshake is over with message 4, which its client has refused.
  if (server.status === 'fulfilled') await server.value.closed;
  return { sent: receiver.sent.map(({ length }) => length), hasEnded: receiver.hasEnded };
}

/** What the receiver of message `number` has sent before it, by length; it sends nothing more. */
export function sentBefore(number: MessageNumber): readonly number[] {
  const [hello, reply, proof] = MESSAGE_BYTES;
  return { 1: [], 2: [hello], 3: [reply], 4: [hello, proof] }[number];
}
