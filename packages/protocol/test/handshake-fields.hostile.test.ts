// Each field's bad values, as the published vectors have them, over a connection: one end for all of them.
import { describe, expect, test } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import type { Channel } from '../src/channel/channel.js';
import { openChannel } from '../src/channel/open-channel.js';
import { ProtocolError } from '../src/errors.js';
import type { HandshakeVector } from '../vectors/handshake-vector.ts';
import { MemoryDuplex } from './memory-pair.js';
import { clientOf, serverOf, vectors } from './published-handshake.js';
import { fromHex, toHex } from './vector-file.js';

type Role = 'client' | 'server';
const faults = vectors.handshake.filter(({ fault }) => fault !== undefined);

function opened(
  duplex: MemoryDuplex,
  vector: HandshakeVector,
  role: Role,
): Promise<Channel<unknown>> {
  if (role === 'client') {
    return openChannel(duplex, { role, ...clientOf(vector, nodeBackend) });
  }
  const options = serverOf(vector, nodeBackend);
  return openChannel(duplex, { role, authorize: () => true, ...options });
}

/** Plays the other side by its list, one message for each that arrives, until the connection ends. */
async function play(
  duplex: MemoryDuplex,
  lines: readonly string[],
  isFirst: boolean,
): Promise<void> {
  const left = lines.map(fromHex);
  const next = async (): Promise<void> => {
    const line = left.shift();
    if (line) await duplex.send(line);
  };
  if (isFirst) await next();
  for await (const { length } of duplex.messages) if (length > 0) await next();
  expect(left).toEqual([]);
}

describe.each(faults)('$name', (vector) => {
  const role = vector.for ?? 'client';
  const isOwn = (index: number): boolean => (index % 2 === 0) === (role === 'client');
  const own = vector.messages.filter((_, index) => isOwn(index));
  const peers = vector.messages.filter((_, index) => !isOwn(index));

  test('ends the connection without another word', async () => {
    const [near, far] = MemoryDuplex.pair();
    const playing = play(far, peers, role === 'server');
    await expect(opened(near, vector, role)).rejects.toThrow(ProtocolError);
    await playing;
    expect(near.sent.map(toHex)).toEqual(own);
    expect(near.hasEnded).toBe(true);
  });
});

test('there is a fault in each of the four messages, for either side', () => {
  const numbers = new Set(faults.map(({ messages }) => messages.length));
  expect(numbers).toEqual(new Set([1, 2, 3, 4]));
});
