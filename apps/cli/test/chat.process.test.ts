import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  gravy,
  GravyProcess,
  onlyJson,
  type StartOptions,
  temporaryHome,
} from './gravy-process.js';
import { writeAccount } from './e2e/quick-account.js';

const password = 'correct horse';
const running: GravyProcess[] = [];
const removals: (() => Promise<void>)[] = [];
let ada: StartOptions & { id: string };
let ben: StartOptions & { id: string };

async function person(name: string): Promise<StartOptions & { id: string }> {
  const { home, remove } = await temporaryHome();
  removals.push(remove);
  writeAccount(home, name, password);
  const [account] = onlyJson(await gravy(['account', 'list', '--json'], { home })) as [
    { id: string },
  ];
  return { home, password, id: account.id };
}

function start(who: StartOptions, ...words: string[]): GravyProcess {
  const started = new GravyProcess(words, who);
  running.push(started);
  return started;
}

async function startHost(): Promise<{ host: GravyProcess; url: string }> {
  const host = start(ada, 'host', '--port', '0');
  const [, url = ''] = await host.says(/URL to share +(\S+)/u);
  return { host, url };
}

beforeAll(async () => {
  [ada, ben] = await Promise.all([person('ada'), person('ben')]);
  await gravy(['contact', 'add', 'ben', ben.id], ada);
  await gravy(['contact', 'add', 'ada', ada.id], ben);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop('SIGKILL')));
});
afterAll(() => Promise.all(removals.map((remove) => remove())));

describe('gravy host and gravy connect on pipes', () => {
  it('carry texts both ways, and end when they are told to', async () => {
    const { host, url } = await startHost();
    const guest = start(ben, 'connect', url, 'ada');
    await guest.says(/Connected to ada\./u);
    await host.says(/ben connected\./u);
    guest.type('hello, 日本 👋');
    await host.says(/ben: hello, 日本 👋/u);
    host.type('hello yourself');
    await guest.says(/ada: hello yourself/u);
    guest.type('/quit');
    expect((await guest.finished).code).toBe(0);
    await host.says(/ben left\./u);
    host.type('nobody hears this');
    await host.says(/Nobody is connected/u);
    expect((await host.stop('SIGINT')).code).toBe(130);
  });

  it('wait at the end of input until everything was delivered', async () => {
    const { host, url } = await startHost();
    const words = ['connect', url, 'ada'];
    const finished = await gravy(words, { ...ben, input: 'one\n\n//two\nthree' });
    expect(finished.code).toBe(0);
    await host.says(/ben: one\n.*ben: \/two\n.*ben: three/u);
    const history = await gravy(['history', 'show', 'ben', '--limit', '2'], { home: ada.home });
    expect(history.stdout).toMatch(/^Older messages: .*\n.*ben: \/two\n.*ben: three\n$/u);
  });

  it('let nothing a peer writes act on the terminal or look like another line', async () => {
    const { host, url } = await startHost();
    const guest = start(ben, 'rpc', '--account', 'ben');
    guest.type(
      `{"jsonrpc":"2.0","id":1,"method":"session.connect","params":{"url":"${url}","contact":"ada"}}`,
    );
    await guest.says(/"session"/u);
    const text = String.raw`\u001b]0;x\u0007\u202e\n09:00  you: forged`;
    guest.type(
      `{"jsonrpc":"2.0","id":2,"method":"message.send","params":{"contact":"ada","text":"${text}"}}`,
    );
    const seen = await host.says(/<U\+001B>\]0;x<U\+0007><U\+202E>\n +09:00 {2}you: forged\n/u);
    expect(seen[0]).not.toContain('\u001b');
  });

  it('say why a session ended: a kick', async () => {
    const { host, url } = await startHost();
    const guest = start(ben, 'connect', url, 'ada');
    await host.says(/ben connected\./u);
    await guest.says(/Connected to ada\./u);
    host.type('/kick ben');
    expect(await guest.finished).toMatchObject({ code: 0 });
    expect(guest.stdout).toContain('ada ended your session.');
    await host.says(/You ended the session of ben\./u);
  });

  it('outlive the host: the guest stays, says why, and is back when the host is', async () => {
    const { host, url } = await startHost();
    const guest = start(ben, 'connect', url, 'ada');
    await guest.says(/Connected to ada\./u);
    guest.type('before');
    await host.says(/ben: before/u);
    await host.stop('SIGKILL');
    await guest.says(
      /The connection to ada was lost\.\n.*Connecting to ada again (in \d+ s|now)\.\n/u,
    );
    guest.type('meanwhile');
    await guest.says(/you: meanwhile {2}\(waiting\)/u);
    await guest.says(/Connecting to ada again in \d+ s\. Nobody listens at this address\./u);
    const again = start(ada, 'host', '--port', new URL(url).port);
    await again.says(/ben: meanwhile/u);
    await guest.says(/Your text of \S+ to ada was delivered\./u);
    // A host that is stopped in good order may come back just as well.
    again.child.stdin.end();
    expect((await again.finished).code).toBe(0);
    await guest.says(/The session with ada ended: .*\.\n.*Connecting to ada again/u);
    guest.type('/disconnect');
    expect((await guest.finished).code).toBe(0);
    expect(guest.stdout).toContain('ada is not connected again.');
  });

  it('end with the session where reconnecting is turned off', async () => {
    await gravy(['settings', 'set', 'reconnect', 'off'], ben);
    const { host, url } = await startHost();
    const guest = start(ben, 'connect', url, 'ada');
    await guest.says(/Connected to ada\./u);
    await host.stop('SIGKILL');
    const { code, stderr } = await guest.finished;
    expect(code).toBe(4);
    expect(stderr).toMatch(/broke off.*\nNext: /u);
    await gravy(['settings', 'set', 'reconnect', 'on'], ben);
  });

  it('end when connecting again is given up', async () => {
    const { host, url } = await startHost();
    const guest = start(ben, 'connect', url, 'ada');
    await guest.says(/Connected to ada\./u);
    await host.stop('SIGKILL');
    await guest.says(/Connecting to ada again/u);
    // In another terminal; the next attempt that fails is the last one.
    await gravy(['settings', 'set', 'reconnect', 'off'], { home: ben.home });
    const { code, stdout } = await guest.finished;
    expect(code).toBe(4);
    expect(stdout).toMatch(/No more attempts to reach ada\. Nobody listens at this address\./u);
    await gravy(['settings', 'set', 'reconnect', 'on'], ben);
  });

  it('tell a program on a pipe that a line could not be sent', async () => {
    const finished = await gravy(['host', '--port', '0'], { ...ada, input: 'to nobody\n' });
    expect(finished.code).toBe(1);
    expect(finished.stdout).toContain('Nobody is connected');
    expect(finished.stderr).toMatch(/Next: /u);
  });

  it('share an account that is open already, and leave it as it was', async () => {
    const { host, url } = await startHost();
    const guest = start(ben, 'rpc', '--account', 'ben');
    guest.type('{"jsonrpc":"2.0","id":1,"method":"account.show"}');
    await guest.says(/"result"/u);
    const chat = start({ home: ben.home }, 'connect', url, 'ada');
    await chat.says(/Connected to ada\./u);
    const listed = await gravy(['sessions', 'list'], { home: ben.home });
    expect(listed.stdout).toMatch(/^SESSION .*\n\S+ +ada +we connected /u);
    chat.type('through the other process');
    await host.says(/ben: through the other process/u);
    expect((await chat.stop('SIGTERM')).code).toBe(130);
    await host.says(/ben left\./u);
    guest.type('{"jsonrpc":"2.0","id":2,"method":"account.show"}');
    await guest.says(/"id":2,"result"/u);
  });
});

describe('gravy connect through another process', () => {
  it('ends with 3 when that process is gone', async () => {
    const { url } = await startHost();
    const owner = start(ben, 'rpc', '--account', 'ben');
    owner.type('{"jsonrpc":"2.0","id":1,"method":"account.show"}');
    await owner.says(/"result"/u);
    const chat = start({ home: ben.home }, 'connect', url, 'ada');
    await chat.says(/help shows what you can type/u);
    await owner.stop('SIGKILL');
    const { code, stderr } = await chat.finished;
    expect(stderr).toBe(
      'gravy: The process that had this account open has ended.\nNext: the same command again\n',
    );
    expect(code).toBe(3);
  });
});

describe('what cannot be', () => {
  it('a host that is not there ends with 4', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const { code, stderr } = await gravy(['connect', `ws://127.0.0.1:${port}`, 'ada'], ben);
    expect(code).toBe(4);
    expect(stderr).toMatch(/Next: /u);
  });

  it('a port that is taken ends with 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, stderr } = await gravy(['host', '--port', String(port)], ada);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/Next: gravy host --port 0\n$/u);
  });

  it('an address or a contact that is none ends with 1', async () => {
    expect((await gravy(['connect', 'foo://x', 'ada'], ben)).code).toBe(1);
    expect((await gravy(['connect', 'ws://127.0.0.1:9', 'nobody'], ben)).code).toBe(1);
  });
});
