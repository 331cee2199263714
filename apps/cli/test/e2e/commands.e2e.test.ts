import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquaint, host, type Person, Stage, PASSWORD } from './rpc-process.js';

const FAILED = 1;
const WRONG_USAGE = 2;
const WRONG_PASSWORD = 3;
const UNREACHABLE = 4;

describe('commands that cannot do what they are told', { timeout: 30_000 }, () => {
  const stage = new Stage();
  const servers: Server[] = [];
  let ada: Person;
  let ben: Person;
  let stranger: Person;
  let url: string;

  beforeAll(async () => {
    [ada, ben, stranger] = await Promise.all([
      stage.person('ada'),
      stage.person('ben'),
      stage.person('stranger'),
    ]);
    await acquaint(ada, ben);
    await ben.rpc.call('contact.add', { id: stranger.id, name: 'stranger' });
    await stranger.rpc.call('contact.add', { id: ada.id, name: 'ada' });
    url = await host(ada);
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await stage.end();
  });

  const listening = async (server: Server): Promise<number> => {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  };
  /** Ends with this code, an explanation, a next step, and nothing on standard output. */
  const expectFailure = async (
    who: string,
    words: readonly string[],
    code: number,
    why: RegExp,
  ): Promise<void> => {
    const finished = await stage.command(who, words);
    expect(finished.stderr).toMatch(why);
    expect(finished.stderr).toMatch(/^gravy: .+\nNext: .+\n$/u);
    expect(finished.code).toBe(code);
  };
  const expectJsonFailure = async (
    who: string,
    words: readonly string[],
    exitCode: number,
    code: string,
  ): Promise<void> => {
    const finished = await stage.command(who, [...words, '--json']);
    expect(finished).toMatchObject({ code: exitCode, stdout: '' });
    expect(JSON.parse(finished.stderr)).toHaveProperty('error.code', code);
  };

  it('connecting: the far end has another key', () =>
    expectFailure('ben', ['connect', url, 'stranger'], UNREACHABLE, /not the contact you know/u));

  it('connecting: the host does not know the guest', () =>
    expectFailure('stranger', ['connect', url, 'ada'], UNREACHABLE, /did not let you in/u));

  it.each([404, 200, 302, 426, 502])('connecting: a web server answers %i', async (status) => {
    const port = await listening(
      createHttpServer((_request, response) => {
        response.writeHead(status, status === 302 ? { location: url } : {}).end('hello');
      }).on('upgrade', (_request, socket) => {
        socket.end(`HTTP/1.1 ${status} Whatever\r\nContent-Length: 0\r\n\r\n`);
      }),
    );
    const why = status === 404 ? /not the contact you know/u : /did not complete the handshake/u;
    await expectFailure('ben', ['connect', `ws://127.0.0.1:${port}`, 'ada'], UNREACHABLE, why);
  });

  it('connecting: somebody accepts and hangs up', async () => {
    const port = await listening(createServer((socket) => socket.destroy()));
    await expectFailure('ben', ['connect', `ws://127.0.0.1:${port}`, 'ada'], UNREACHABLE, /./u);
  });

  it('connecting: no contact of that name, or no URL', async () => {
    await expectFailure('ben', ['connect', url, 'nobody'], FAILED, /No contact has that name/u);
    await expectFailure('ben', ['connect', 'gopher://x', 'ada'], FAILED, /Only ws/u);
  });

  it('hosting: the port is in use, or no address of this machine', async () => {
    const port = await listening(createServer());
    const words = ['host', '--port', String(port)];
    await expectFailure('ben', words, FAILED, /Another program listens/u);
    const elsewhere = ['host', '--port', '0', '--hostname', '192.0.2.1'];
    await expectFailure('ben', elsewhere, FAILED, /not an address of this machine/u);
  });

  it('words that are no command', async () => {
    await expectFailure('ben', ['conect', url, 'ada'], WRONG_USAGE, /./u);
    await expectFailure('ben', ['connect', '--fast', url, 'ada'], WRONG_USAGE, /--fast/u);
    await expectFailure('ben', ['host', '--port', 'http'], WRONG_USAGE, /port/iu);
  });

  it('a wrong password and damaged files: what is on disk stays byte for byte', async () => {
    const folder = join(stage.home('stranger'), 'accounts', 'stranger');
    const passwordFile = join(stage.folder, 'password.txt');
    await stranger.rpc.end();
    const show = ['account', 'show', '--password-file', passwordFile];
    const damage = (name: string): (() => void) => {
      const path = join(folder, name);
      const bytes = readFileSync(path);
      const damaged = Buffer.from(bytes);
      const middle = Math.floor(damaged.length / 2);
      damaged.fill(0x20, middle, middle + 40);
      writeFileSync(path, damaged);
      return () => writeFileSync(path, bytes);
    };
    const unchanged = async (exitCode: number, code: string): Promise<void> => {
      const before = digests(folder);
      await expectJsonFailure('stranger', show, exitCode, code);
      expect(digests(folder)).toEqual(before);
    };

    writeFileSync(passwordFile, 'wrong\n');
    await unchanged(WRONG_PASSWORD, 'wrong_password');
    writeFileSync(passwordFile, `${PASSWORD}\n`);
    const mendKey = damage('identity.json');
    await unchanged(FAILED, 'identity_damaged');
    mendKey();
    const mendHistory = damage('history.db');
    await unchanged(FAILED, 'store_damaged');
    mendHistory();
    expect(await stage.command('stranger', show)).toMatchObject({ code: 0 });
  });
});

function digests(folder: string): string[] {
  // The lock is no content: it tells who opened the account last.
  const names = readdirSync(folder).filter((name) => /^(identity|history)/u.test(name));
  return names.toSorted().map((name) => {
    const digest = createHash('sha256').update(readFileSync(join(folder, name)));
    return `${name} ${digest.digest('hex')}`;
  });
}
