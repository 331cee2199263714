// Spec 6: through a tunnel the address is the one the tunnel reports. Who else says so is not believed.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type ServerConnection } from '../src/index.js';
import { limitGroup as groupOf } from '../src/limit-group.js';
import { PATH } from './open-ends.js';

describe('where a guest comes from', () => {
  const opened: { end: () => unknown }[] = [];
  afterEach(async () => {
    for (const { end } of opened.splice(0)) await end();
  });

  interface Door {
    readonly knock: (...headers: string[]) => Promise<Knock>;
    readonly knockFrom: (hostname: string, ...headers: string[]) => Promise<Knock>;
    readonly accepted: ServerConnection[];
  }
  interface Knock {
    readonly socket: Socket;
    /** The first that came back; nothing if the connection was cut. */
    readonly answer: string;
  }

  const openDoor = async (isBehindTunnel: boolean, hostname = '127.0.0.1'): Promise<Door> => {
    const accepted: ServerConnection[] = [];
    const listener = await listen({
      port: 0,
      hostname,
      path: PATH,
      isBehindTunnel,
      onConnection: (connection) => accepted.push(connection),
    });
    opened.push({ end: () => listener.close() });
    const knockFrom = async (target: string, ...headers: string[]): Promise<Knock> => {
      const socket = connect(listener.port, target);
      opened.push({ end: () => socket.destroy() });
      socket.on('error', () => undefined);
      socket.write(
        [
          `GET ${PATH} HTTP/1.1`,
          'Host: a',
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
          ...headers,
          '\r\n',
        ].join('\r\n'),
      );
      const gone = once(socket, 'close').then(() => ['']);
      const [answer] = (await Promise.race([once(socket, 'data'), gone])) as [Buffer | string];
      return { socket, answer: answer.toString('latin1').slice(0, 12) };
    };
    return {
      accepted,
      knockFrom,
      knock: (...headers) => knockFrom('127.0.0.1', ...headers),
    };
  };

  it.each(['203.0.113.7', '2001:db8::7', '127.0.0.1'])(
    'is what the tunnel says: %s',
    async (address) => {
      const door = await openDoor(true);
      await door.knock(`CF-Connecting-IP: ${address}`);
      expect(door.accepted.map(({ remoteAddress }) => remoteAddress)).toEqual([address]);
      expect(door.accepted.map(({ isOfTunnel }) => isOfTunnel)).toEqual([true]);
      expect(door.accepted.map(({ limitGroup }) => limitGroup)).toEqual([groupOf(address)]);
    },
  );

  it.each([
    ['nothing', []],
    ['no address', ['cf-connecting-ip: somewhere']],
    ['an empty one', ['cf-connecting-ip: ']],
    ['an address and more', ['cf-connecting-ip: 203.0.113.7, 203.0.113.8']],
    ['two', ['cf-connecting-ip: 203.0.113.7', 'cf-connecting-ip: 203.0.113.8']],
    ['one with a port', ['cf-connecting-ip: 203.0.113.7:80']],
    ['one in brackets', ['cf-connecting-ip: [2001:db8::7]']],
    ['one with a zone of its own words', ['cf-connecting-ip: fe80::1%your-contact-ada']],
    ['one with leading zeros', ['cf-connecting-ip: 203.000.113.007']],
    ['a number', ['cf-connecting-ip: 3405803783']],
    ['it in another header', ['X-Forwarded-For: 203.0.113.7', 'Forwarded: for=203.0.113.7']],
  ])('is the socket’s word when the tunnel says %s', async (_what, headers) => {
    const door = await openDoor(true);
    await door.knock(...headers);
    expect(door.accepted.map(({ remoteAddress }) => remoteAddress)).toEqual(['127.0.0.1']);
  });

  it('is the socket’s word on any other listener, whatever a header says', async () => {
    const door = await openDoor(false);
    await door.knock('cf-connecting-ip: 203.0.113.7');
    expect(door.accepted).toMatchObject([{ remoteAddress: '127.0.0.1', isOfTunnel: false }]);
    expect(door.accepted.map(({ limitGroup }) => limitGroup)).toEqual([undefined]);
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

  it.skipIf(outside === undefined)(
    'is the socket’s word when it is not of this machine, even behind a tunnel',
    async () => {
      const door = await openDoor(true, '0.0.0.0');
      await door.knockFrom(outside ?? '', 'cf-connecting-ip: 203.0.113.7');
      expect(door.accepted.map(({ remoteAddress }) => remoteAddress)).toEqual([outside]);
    },
  );

  it('has four places and no fifth, and says nothing to the fifth', async () => {
    const door = await openDoor(true);
    const from = (address: string): Promise<Knock> => door.knock(`cf-connecting-ip: ${address}`);
    const answers: string[] = [];
    for (let count = 0; count < 6; count += 1) answers.push((await from('203.0.113.7')).answer);
    expect(answers).toEqual([...Array.from({ length: 4 }, () => 'HTTP/1.1 101'), '', '']);
    expect((await from('203.0.113.8')).answer).toBe('HTTP/1.1 101');
    // All of a network of IPv6 is one.
    const network = Array.from({ length: 6 }, (_, index) => from(`2001:db8::${index}:1`));
    const joined = (await Promise.all(network)).map(({ answer }) => answer);
    expect(joined.filter((answer) => answer === '')).toHaveLength(2);
    // An authenticated guest makes room for the next of its address.
    door.accepted[0]?.raise('authenticated');
    expect((await from('203.0.113.7')).answer).toBe('HTTP/1.1 101');
    expect((await from('203.0.113.7')).answer).toBe('');
  });
});
