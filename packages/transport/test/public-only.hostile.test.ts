// Addresses that a peer chose must not lead this program to what only this machine and its networks can reach.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dial } from '../src/index.js';
import { publicLookup } from '../src/public-lookup.js';
import { PATH } from './open-ends.js';

let server: Server;
let port: number;
let connections = 0;
beforeAll(async () => {
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

describe('dialling public addresses only', () => {
  it.each([
    'ws://127.0.0.1',
    'http://127.0.0.1',
    'ws://127.1',
    'ws://0x7f.1',
    'ws://2130706433',
    'ws://0177.0.0.1',
    'ws://0.0.0.0',
    'ws://①②⑦.0.0.1',
    'ws://127。0。0。1',
    'ws://[::1]',
    'ws://[::]',
    'ws://[::ffff:127.0.0.1]',
    'ws://[64:ff9b::127.0.0.1]',
    'ws://localhost',
    'ws://LOCALHOST',
    'ws://localhost.',
    'ws://10.0.0.1',
    'ws://169.254.169.254',
    'ws://[fe80::1]',
    'ws://[fd00::1]',
  ])('refuses %s before a byte is sent', async (url) => {
    const before = connections;
    await expect(dial(`${url}:${port}`, { path: PATH, publicOnly: true })).rejects.toMatchObject({
      code: /^ws:\/\/localhost\.?$/iu.test(url)
        ? expect.stringMatching(/^(not_public|unreachable)$/u)
        : 'not_public',
    });
    expect(connections).toBe(before);
  });

  it('is not the default', async () => {
    const before = connections;
    await expect(dial(`ws://127.0.0.1:${port}`, { path: PATH })).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(connections).toBe(before + 1);
  });
});

describe('a name', () => {
  /** Connects by a name whose owner answers each question anew. */
  const connectTo = async (
    answers: readonly (readonly string[])[],
    options: { autoSelectFamily?: boolean } = {},
  ): Promise<{ error: unknown; asked: number }> => {
    let asked = 0;
    const lookup = publicLookup((_name, _options, callback) => {
      const addresses = answers[asked] ?? [];
      asked += 1;
      callback(
        null,
        addresses.map((address): LookupAddress => ({
          address,
          family: address.includes(':') ? 6 : 4,
        })),
      );
    });
    const socket = connect({ host: 'name.example', port, lookup, timeout: 50, ...options });
    const error = await new Promise((resolve) => {
      socket.once('error', resolve);
      socket.once('connect', () => resolve(undefined));
      socket.once('timeout', () => resolve('it tries to connect'));
    });
    socket.destroy();
    return { error, asked };
  };

  it.each([
    ['this machine', ['127.0.0.1']],
    ['this machine, in IPv6', ['::1']],
    ['a public address, and this machine', ['8.8.8.8', '127.0.0.1']],
    ['a private address, and a public one', ['192.168.1.1', '8.8.8.8']],
    ['nothing', []],
  ])('that means %s is refused, also when every address is tried', async (_what, addresses) => {
    const before = connections;
    for (const autoSelectFamily of [true, false]) {
      const { error } = await connectTo([addresses], { autoSelectFamily });
      expect(error).toMatchObject({ code: 'not_public' });
    }
    expect(connections).toBe(before);
  });

  it('is asked for once, and what was checked is what is connected to', async () => {
    const before = connections;
    const { error, asked } = await connectTo([['127.0.0.1'], ['8.8.8.8'], ['127.0.0.1']]);
    expect(error).toMatchObject({ code: 'not_public' });
    expect(asked).toBe(1);
    expect(connections).toBe(before);
  });

  it.each([true, false])('gives what it was checked for, all of them: %s', async (all) => {
    const found = await new Promise((resolve) => {
      const lookup = publicLookup((_name, _options, callback) =>
        callback(null, [
          { address: '8.8.8.8', family: 4 },
          { address: '2606:4700::1', family: 6 },
        ]),
      );
      lookup('name.example', { all }, (error, address, family) =>
        resolve([error, address, family]),
      );
    });
    expect(found).toEqual(
      all
        ? [
            null,
            [
              { address: '8.8.8.8', family: 4 },
              { address: '2606:4700::1', family: 6 },
            ],
            undefined,
          ]
        : [null, '8.8.8.8', 4],
    );
  });

  it('that is not found is unreachable, as ever', async () => {
    await expect(
      dial('ws://no-such-host.invalid', { path: PATH, publicOnly: true }),
    ).rejects.toMatchObject({ code: 'unreachable' });
  });
});
