import { createStandIn, type Edge, type StandIn, startEdge } from '@gravy/cloudflared-stand-in';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAccount } from './e2e/quick-account.js';
import {
  type Finished,
  gravyAlone,
  GravyProcess,
  onlyJson,
  temporaryHome,
} from './gravy-process.js';

const password = 'correct horse';

describe('a tunnel on the command line', { timeout: 60_000 }, () => {
  let edge: Edge;
  let standIn: StandIn;
  let env: Record<string, string>;
  let homes: { home: string; remove: () => Promise<void> }[];

  beforeAll(async () => {
    edge = await startEdge();
    standIn = await createStandIn(edge);
    env = { ...edge.environment, GRAVY_CLOUDFLARED: standIn.path };
    homes = await Promise.all([temporaryHome(), temporaryHome()]);
    for (const [index, name] of ['ada', 'ben'].entries()) {
      writeAccount(homes[index]?.home ?? '', name, password);
    }
  });
  afterAll(async () => {
    await edge.close();
    await standIn.remove();
    await Promise.all(homes.map(({ remove }) => remove()));
  });

  const run = (words: string[], extra: Record<string, string> = env): Promise<Finished> =>
    gravyAlone(words, { home: homes[0]?.home ?? '', env: extra });

  it('comes up before the URL is shown, lets a guest in by an invite, and leaves nothing behind', async () => {
    const [host, guest] = homes.map(({ home }) => ({ home, password, env }));
    if (host === undefined || guest === undefined) throw new Error('there are two homes');
    const hosting = new GravyProcess(
      ['host', '--port', '0', '--tunnel', 'quick', '--invite', 'Ben'],
      host,
    );
    const [invite] = await hosting.says(/gravyinvite1\w+/u);
    expect(hosting.stdout).toMatch(
      /Starting a tunnel[^]*The tunnel is up[^]*URL to share +wss:\/\/[\w-]+\.trycloudflare\.com/u,
    );
    const connected = new GravyProcess(['connect', invite], guest);
    await connected.says(/Connected to ada/u);
    connected.type('from afar');
    await hosting.says(/Ben: from afar/u);
    const sessions = onlyJson(await run(['sessions', 'list', '--json']));
    expect(sessions).toMatchObject([{ remote: edge.guestAddress, tunnel: true }]);
    await connected.stop();
    expect((await hosting.stop()).code).toBe(130);
    expect(await standIn.alivePids()).toEqual([]);
    const [call] = await standIn.calls();
    // Neither the password nor the way to the account reaches another program.
    expect(JSON.stringify(call)).not.toContain(password);
  });

  it('says which cloudflared would run, and what to do where there is none', async () => {
    const found = await run(['tunnel', 'status', '--json']);
    expect(onlyJson(found)).toEqual({
      found: true,
      path: standIn.path,
      version: expect.any(String),
    });
    const missing = { GRAVY_CLOUDFLARED: '/nonexistent/cloudflared' };
    expect((await run(['tunnel', 'status'], missing)).stdout).toContain('gravy tunnel install');
    const hosted = await gravyAlone(['host', '--port', '0', '--tunnel', 'quick'], {
      home: homes[0]?.home ?? '',
      env: missing,
      password,
    });
    expect(hosted).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Next: gravy tunnel install'),
    });
  });

  it('downloads nothing without a word', async () => {
    const asked = await run(['tunnel', 'install', '--json']);
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(JSON.parse(asked.stderr)).toMatchObject({ error: { code: 'confirmation_needed' } });
  });

  it('refuses a kind that there is not, and a named one without its token', async () => {
    const odd = await run(['host', '--tunnel', 'fast']);
    expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('none, quick, named') });
    const named = await gravyAlone(['host', '--port', '0', '--tunnel', 'named'], {
      home: homes[0]?.home ?? '',
      env,
      password,
    });
    expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining('token') });
  });
});

describe('gravy doctor', { timeout: 60_000 }, () => {
  it('names each thing that it looked at, and says what to do', async () => {
    const { home, remove } = await temporaryHome();
    const env = { GRAVY_CLOUDFLARED: '/nonexistent/cloudflared' };
    const { code, stdout } = await gravyAlone(['doctor', '--json'], { home, env });
    expect(code).toBe(0);
    const checks = JSON.parse(stdout) as { name: string; status: string; message: string }[];
    const names = checks.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['folder', 'disk', 'clock', 'binary', 'config', 'dns', 'edge']),
    );
    expect(checks.find(({ name }) => name === 'binary')).toMatchObject({ status: 'failed' });
    for (const { message } of checks) expect(message).not.toBe('');
    await remove();
  });
});
