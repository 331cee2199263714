import { expect, test } from 'vitest';
import { openPair } from './open-pair.js';

test('records that are there are all read within one turn of the event loop', async () => {
  const { client, server } = await openPair();
  const turns = new Set<number>();
  let turn = 0;
  let count = 0;
  const reading = (async () => {
    for await (const _ of server.records) {
      count += 1;
      turns.add(turn);
    }
  })();
  for (let index = 0; index < 500; index += 1) void client.send(32, new Uint8Array(10));
  await new Promise<void>((resolve) => {
    setImmediate(() => {
      turn += 1;
      resolve();
    });
  });
  expect(count).toBe(500);
  expect([...turns]).toEqual([0]);
  await client.close();
  await reading;
});
