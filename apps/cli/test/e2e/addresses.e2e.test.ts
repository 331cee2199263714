import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gravy, GravyProcess, onlyJson } from '../gravy-process.js';
import { acquaint, host, type Json, type Person, Stage } from './rpc-process.js';
import { TcpTap } from './tcp-tap.js';

/** Each person has a process that keeps the account open; what is typed works through it. */
describe('a host whose address changes', () => {
  let stage: Stage;
  let running: GravyProcess[];
  let ada: Person;
  let ben: Person;

  beforeEach(async () => {
    stage = new Stage();
    running = [];
    [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
  });
  afterEach(async () => {
    await Promise.all(running.map((process) => process.stop('SIGKILL')));
    await stage.end();
  });

  const start = (who: Person, ...words: string[]): GravyProcess => {
    const started = new GravyProcess(words, { home: stage.home(who.name) });
    running.push(started);
    return started;
  };
  const startHost = async (...words: string[]): Promise<{ screen: GravyProcess; url: string }> => {
    const screen = start(ada, 'host', '--port', '0', ...words);
    const [, url = ''] = await screen.says(/URL to share +(\S+)/u);
    return { screen, url };
  };
  /** A guest at the first address, and the host at another one since. */
  const moved = async (): Promise<{ guest: GravyProcess; screen: GravyProcess; url: string }> => {
    const first = await startHost();
    const guest = start(ben, 'connect', first.url, 'ada');
    await guest.says(/Connected to ada\./u);
    await first.screen.says(/ben connected\./u);
    if ((await ben.rpc.call('host.status'))['running'] === true) {
      // What ben has announced is known before the connection ends.
      while (!(await addressesOf(ada)).some((url) => url.startsWith('ws:')));
    }
    first.screen.child.stdin.end();
    expect((await first.screen.finished).code).toBe(0);
    await guest.says(/Connecting to ada again/u);
    return { guest, ...(await startHost()) };
  };
  const addressesOf = async (who: Person): Promise<string[]> => {
    const [contact] = await who.rpc.call<{ addresses: string[] }[]>('contact.list');
    return contact?.addresses ?? [];
  };

  it('finds its guest again where that hosts too, and tells it the new address', async () => {
    await host(ben);
    const { guest, screen, url } = await moved();
    await screen.says(/Connected to ben\./u);
    await guest.says(/ada connected\./u);
    screen.type('I have moved');
    await guest.says(/ada: I have moved/u);
    while ((await addressesOf(ben))[0] !== url);
    expect(screen.stdout).not.toContain('Send them this line');
  });

  it('is shown the one line to send where it cannot; both screens say what is wrong', async () => {
    const { guest, screen, url } = await moved();
    const [, line = ''] = await screen.says(
      /ben knows only your old address.*Send them this line by another way:\n(.*)\n/u,
    );
    expect(line).toBe(`gravy connect ${url} ${ada.id}`);
    await guest.says(/Nobody listens at this address.* ask them for the new URL\./u);
    guest.type('/quit');
    await guest.finished;
    start(ben, ...line.split(' ').slice(1));
    await screen.says(/ben connected\./u);
  });

  it('is announced at the public URL alone, and invites lead there', async () => {
    const reserved = createServer().listen(0, '127.0.0.1');
    await once(reserved, 'listening');
    const { port } = reserved.address() as { port: number };
    reserved.close();
    await once(reserved, 'close');
    const proxy = await TcpTap.before(`ws://127.0.0.1:${port}`);
    const words = ['--port', String(port), '--public-url', proxy.url, '--invite', 'Carol'];
    const screen = start(ada, 'host', ...words);
    const [, url] = await screen.says(/URL to share +(\S+)/u);
    expect(url).toBe(proxy.url);
    const [invite] = await screen.says(/gravyinvite1\w+/u);
    const carol = await stage.person('carol');
    const guest = start(carol, 'connect', '-');
    guest.type(invite);
    await guest.says(/Connected to ada\./u);
    await screen.says(/Carol connected\./u);
    expect(proxy.bytes.length).toBeGreaterThan(0);
    expect(await addressesOf(carol)).toEqual([proxy.url]);
    const listed = await gravy(['invite', 'list', '--json'], { home: stage.home('ada') });
    expect((onlyJson(listed) as Json[])[0]).toMatchObject({ urls: [proxy.url], state: 'used' });
    proxy.close();
  });

  it('refuses a public URL that is none', async () => {
    const words = ['host', '--port', '0', '--public-url', 'https://gravy.example.org'];
    const { code, stderr } = await gravy(words, { home: stage.home('ada') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/must look like wss:\/\/.*\nNext: /u);
  });
});
