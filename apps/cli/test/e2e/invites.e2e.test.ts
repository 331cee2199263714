import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gravy, GravyProcess, onlyJson, type StartOptions } from '../gravy-process.js';
import { type Json, PASSWORD, Stage } from './rpc-process.js';
import { writeAccount } from './quick-account.js';

const FAILED = 1;
const UNREACHABLE = 4;

describe('invites, by hand', () => {
  let stage: Stage;
  let running: GravyProcess[];

  beforeEach(() => {
    stage = new Stage();
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((process) => process.stop('SIGKILL')));
    await stage.end();
  });

  const start = (who: StartOptions, ...words: string[]): GravyProcess => {
    const started = new GravyProcess(words, who);
    running.push(started);
    return started;
  };
  /** A home without an account. */
  const somebody = (name: string): StartOptions => ({ home: stage.home(name), password: PASSWORD });
  const withAccount = (name: string): StartOptions => {
    writeAccount(stage.home(name), name, PASSWORD);
    return somebody(name);
  };
  const inviteOf = async (host: GravyProcess): Promise<string> => {
    const [invite] = await host.says(/gravyinvite1\w+/u);
    return invite;
  };
  const invitesOf = async (who: StartOptions): Promise<Json[]> =>
    onlyJson(await gravy(['invite', 'list', '--json'], who)) as Json[];

  it('one string, four commands, and two strangers talk', async () => {
    const [ada, ben] = [somebody('ada'), somebody('ben')];
    expect((await gravy(['account', 'create', 'ada'], ada)).code).toBe(0);
    const host = start(ada, 'host', '--port', '0', '--invite', 'Ben at work');
    const invite = await inviteOf(host);
    expect((await gravy(['account', 'create', 'ben'], ben)).code).toBe(0);
    const guest = start(ben, 'connect', '-');
    guest.type(invite);
    await guest.says(/Connected to ada\. Not verified yet: \/verify ada\n/u);
    await guest.says(/ada is a contact now\. From now on: gravy connect ada\n/u);
    await host.says(
      /Your invite was used: its bearer is a contact now, called Ben at work\.\n.*Ben at work connected\./u,
    );
    guest.type('hello from a stranger');
    await host.says(/Ben at work: hello from a stranger/u);
    host.type('no stranger any more');
    await guest.says(/ada: no stranger any more/u);
    expect(await invitesOf({ home: ada.home })).toMatchObject([
      { state: 'used', contactName: 'Ben at work' },
    ]);
    const { stdout } = await gravy(['invite', 'list'], { home: ada.home });
    expect(stdout).toMatch(/^ID +STATE .*\n\S+ +used by Ben at work +\S+/u);
    // From now on no string is needed.
    guest.type('/quit');
    expect((await guest.finished).code).toBe(0);
    await host.says(/Ben at work left\./u);
    const again = start(ben, 'connect', 'ada');
    await again.says(/Connected to ada\./u);
  });

  it('a second bearer is refused, and so is everybody once it is revoked', async () => {
    const [ada, ben, carol] = [withAccount('ada'), withAccount('ben'), withAccount('carol')];
    const host = start(ada, 'host', '--port', '0', '--invite');
    const invite = await inviteOf(host);
    const guest = start(ben, 'connect', invite, 'Ada L');
    await guest.says(/Connected to Ada L\./u);
    const second = await gravy(['connect', invite], carol);
    expect(second.code).toBe(UNREACHABLE);
    expect(second.stderr).toMatch(/used by somebody else, or was revoked.*\nNext: ask them/u);
    // Whom it belongs to may use it again, and nothing changes.
    guest.type('/quit');
    await guest.finished;
    const back = await gravy(['connect', invite, 'Other'], ben);
    expect(back.code).toBe(0);
    expect(back.stdout).toContain('from Ada L, whom you know already. The name stays.');

    const made = await gravy(['invite', '--name', 'Carol', '--json'], { home: ada.home });
    const { id, invite: other } = onlyJson(made) as { id: string; invite: string };
    expect(await gravy(['invite', 'revoke', id], { home: ada.home })).toMatchObject({ code: 0 });
    await host.says(/An invite of yours was revoked/u);
    const revoked = await gravy(['connect', '-'], { ...carol, input: `${other}\n` });
    expect(revoked.code).toBe(UNREACHABLE);
    expect(revoked.stderr).toMatch(/used by somebody else, or was revoked/u);
    const states = (await invitesOf({ home: ada.home })).map(({ state }) => state);
    expect(states).toEqual(['revoked', 'used']);
    const unknown = await gravy(['invite', 'revoke', '-no-such-id', '--json'], { home: ada.home });
    expect(JSON.parse(unknown.stderr)).toHaveProperty('error.code', 'no_such_invite');
  });

  it('an expired one is told apart on both sides, a mangled one by its bearer', async () => {
    const [ada, ben] = [withAccount('ada'), withAccount('ben')];
    start(ada, 'host', '--port', '0').type('');
    await running[0]?.says(/URL to share/u);
    const made = await gravy(['invite', '--expires', '1s'], { home: ada.home });
    // Alone on standard output, and no word beside it where nobody reads.
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^gravyinvite1\w+\n$/u);
    const invite = made.stdout.trim();
    for (;;) {
      const [only] = await invitesOf({ home: ada.home });
      if (only?.['state'] === 'expired') break;
    }
    const expired = await gravy(['connect', invite, '--account', 'ben'], ben);
    expect(expired).toMatchObject({ code: FAILED });
    expect(expired.stderr).toMatch(/expired.*\nNext: ask them/u);
    const mistyped = invite.slice(0, -1) + (invite.endsWith('b') ? 'c' : 'b');
    const mangled = await gravy(['connect', mistyped], ben);
    expect(mangled).toMatchObject({ code: FAILED });
    expect(mangled.stderr).toMatch(/\nNext: gravy connect -, and paste the whole invite\n$/u);
    const none = await gravy(['connect', '-'], { ...ben, input: 'ws://127.0.0.1:9\n' });
    expect(none).toMatchObject({ code: FAILED });
    expect(none.stderr).toMatch(/This is no invite/u);
  });

  it('is refused where nobody hosts, unless it is told where', async () => {
    const ada = withAccount('ada');
    const { code, stderr } = await gravy(['invite', '--name', 'Ben'], { home: ada.home });
    expect(code).toBe(FAILED);
    expect(stderr).toMatch(/this account does not host\.\nNext: gravy host --invite/u);
    const elsewhere = await gravy(['invite', '--url', 'wss://gravy.example.org'], ada);
    expect(elsewhere.stdout).toMatch(/^gravyinvite1\w+\n$/u);
    const [only] = await invitesOf(ada);
    expect(only).toMatchObject({ state: 'open', urls: ['wss://gravy.example.org'] });
  });

  it('never gives a known name to another key without a word', async () => {
    const [ada, ben, eve] = [withAccount('ada'), withAccount('ben'), withAccount('eve')];
    const hosts = [start(ada, 'host', '--port', '0', '--invite')];
    await gravy(['settings', 'set', 'profile-name', 'ada'], eve);
    hosts.push(start(eve, 'host', '--port', '0', '--invite'));
    const [fromAda = '', fromEve = ''] = await Promise.all(hosts.map(inviteOf));
    await gravy(['connect', fromAda, 'ada'], ben);
    const claimed = await gravy(['connect', fromEve, 'ADA'], ben);
    expect(claimed).toMatchObject({ code: FAILED });
    expect(claimed.stderr).toMatch(/another key\. Nothing was changed.*\nNext: .*another NAME/u);
    const guest = start(ben, 'connect', fromEve);
    await guest.says(/ada \(2\) is a contact now/u);
    await guest.says(/you know another ada, with another key.*\n.*Next: \/verify ada \(2\)/u);
    const { stdout } = await gravy(['contact', 'list'], { home: ben.home });
    expect(stdout).toMatch(/\nada \(2\) +\S+ +not verified +online +themselves/u);
    expect(stdout).toMatch(/\nada +\S+ +not verified +offline {2,}\S+/u);
  });
});
