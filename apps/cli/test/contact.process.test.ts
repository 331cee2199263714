import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAccount } from './e2e/quick-account.js';
import { type Finished, gravy, GravyProcess, onlyJson, temporaryHome } from './gravy-process.js';

const password = 'correct horse';
let home = '';
let remove: () => Promise<void>;
let other = { home: '', id: '', remove: async (): Promise<void> => undefined };
let owner: GravyProcess;
let ownId = '';

// One process keeps the account open: the commands go through it and none has to derive a key.
beforeAll(async () => {
  ({ home, remove } = await temporaryHome());
  const second = await temporaryHome();
  writeAccount(second.home, 'ben', password);
  const listed = await gravy(['account', 'list', '--json'], second);
  const [ben] = onlyJson(listed) as { id: string }[];
  other = { ...second, id: ben?.id ?? '' };
  writeAccount(home, 'ada', password);
  owner = new GravyProcess(['rpc', '--account', 'ada'], { home, password });
  owner.type('{"jsonrpc":"2.0","id":1,"method":"account.show"}');
  [, ownId = ''] = await owner.says(/"id":"(gravy1\w+)"/u);
});
afterAll(async () => {
  await owner.stop();
  await Promise.all([remove(), other.remove()]);
});

function run(...words: string[]): Promise<Finished> {
  return gravy(words, { home });
}

function fill(words: readonly string[]): string[] {
  return words.map((word) => word.replace('OTHER', other.id).replace('OWN', ownId));
}

describe('gravy contact', () => {
  it('says how to begin', async () => {
    expect((await run('contact', 'list')).stdout).toContain('gravy contact add NAME ID');
  });

  it('adds, and lists with the id shortened', async () => {
    const added = await run(
      'contact',
      'add',
      'ben',
      other.id,
      '--url',
      'ws://127.0.0.1:9',
      '--json',
    );
    expect(onlyJson(added)).toMatchObject({ name: 'ben', id: other.id, verified: false });
    const { stdout } = await run('contact', 'list');
    expect(stdout).toMatch(
      /^NAME +ID +KEY +STATE +ADDRESS\nben +gravy1\w+\.\.\.\w+ +not verified +offline +ws:/u,
    );
  });

  it.each([
    ['invalid_id', ['contact', 'add', 'carol', 'gravy1nonsense']],
    ['unsafe_id', ['contact', 'add', 'carol', '0'.repeat(64)]],
    ['contact_exists', ['contact', 'add', 'ben', 'OTHER']],
    ['no_such_contact', ['contact', 'rename', 'nobody', 'somebody']],
    ['no_such_contact', ['contact', 'verify', 'nobody']],
    ['no_such_contact', ['history', 'show', 'nobody']],
  ])('ends with 1 at %s', async (code, words) => {
    const finished = await run(...fill(words), '--json');
    expect(finished.code).toBe(1);
    expect(finished.stdout).toBe('');
    expect(JSON.parse(finished.stderr)).toHaveProperty('error.code', code);
    expect((await run(...words)).stderr).toMatch(/\nNext: .+\n$/u);
  });

  it('shows the safety number, and marks the contact only when told to', async () => {
    const shown = onlyJson(await run('contact', 'verify', 'ben', '--json'));
    expect(shown).toEqual({
      number: expect.stringMatching(/^(\d{5} ?){12}$/u) as string,
      verified: false,
    });
    const marked = await run('contact', 'verify', 'ben', '--yes');
    expect(marked.stdout).toMatch(/(\n {4}(\d{5} {0,2}){4}){3}\n\nVerified {2}yes\n$/u);
    const undone = await run('contact', 'verify', 'ben', '--undo', '--json');
    expect(undone.stdout).toContain('"verified":false');
    expect((await run('contact', 'verify', 'ben', '--yes', '--undo')).code).toBe(2);
  });

  it.each([
    ['block', ['contact', 'block', 'ben']],
    ['unblock', ['contact', 'unblock', 'ben']],
    ['rename', ['contact', 'rename', 'ben', 'Ben at work']],
    ['replace-key', ['contact', 'replace-key', 'Ben at work', 'OWN']],
    ['remove', ['contact', 'remove', 'Ben at work']],
  ])('%s answers {} to programs', async (_command, words) => {
    const finished = await run(...fill(words), '--json');
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    expect(onlyJson(finished)).toEqual({});
  });

  it('escapes what somebody typed into a name', async () => {
    const { stderr } = await run('contact', 'add', '\u001b[2J', other.id);
    expect(stderr).not.toContain('\u001b');
  });
});

describe('gravy sessions', () => {
  it('lists none, and closes none', async () => {
    expect(onlyJson(await run('sessions', 'list', '--json'))).toEqual([]);
    const closed = await run('sessions', 'close', '-begins-with-a-dash', '--json');
    expect(closed.code).toBe(1);
    expect(JSON.parse(closed.stderr)).toHaveProperty('error.code', 'no_such_session');
  });

  it('needs no password where no process has the account open', async () => {
    const idle = { home: other.home };
    expect(onlyJson(await gravy(['sessions', 'list', '--json'], idle))).toEqual([]);
    expect((await gravy(['sessions', 'close', 'x'], idle)).code).toBe(1);
  });
});

describe('gravy settings', () => {
  it('shows and changes what the person has chosen', async () => {
    const { stdout } = await run('settings', 'get');
    expect(stdout).toMatch(/^read-receipts +off\ntyping +off\nreconnect +on\nprofile-name +ada\n/u);
    expect((await run('settings', 'set', 'read-receipts', 'ON')).stdout).toBe(
      'read-receipts is on now.\n',
    );
    expect((await run('settings', 'get', 'read-receipts')).stdout).toBe('on\n');
    const changed = onlyJson(await run('settings', 'set', 'profile-name', '', '--json'));
    expect(changed).toMatchObject({
      readReceipts: true,
      typing: false,
      reconnect: true,
      profileName: '',
      theme: 'system',
    });
    expect(onlyJson(await run('settings', 'get', '--json'))).toEqual(changed);
    expect((await run('settings', 'set', 'theme', 'dark')).code).toBe(0);
  });
});

describe('gravy files auto-accept', () => {
  it('says whose files come unasked, and changes it for one contact', async () => {
    const words = ['files', 'auto-accept'];
    await run('contact', 'add', 'sender', other.id);
    expect((await run(...words)).stdout).toContain('Nobody: each file is asked about.');
    expect((await run(...words, 'sender', '1.5MB')).stdout).toBe(
      'Files from sender: accepted up to 1.5 MB each.\n',
    );
    const chosen = { contact: other.id, name: 'sender', bytes: 1_500_000 };
    expect(onlyJson(await run(...words, '--json'))).toEqual([chosen]);
    expect(onlyJson(await run(...words, other.id, '--json'))).toEqual(chosen);
    expect(onlyJson(await run('settings', 'get', '--json'))).toHaveProperty('autoAccept', {
      [other.id]: 1_500_000,
    });
    expect((await run(...words, 'sender', 'everything')).code).toBe(2);
    expect((await run(...words, 'nobody', '1kB')).stderr).toContain('No contact');
    expect((await run(...words, 'sender', 'off')).stdout).toBe(
      'Files from sender: you are asked.\n',
    );
    expect(onlyJson(await run(...words, '--json'))).toEqual([]);
    await run('contact', 'remove', 'sender');
  });
});

describe('gravy sessions disconnect', () => {
  it('needs a contact, and a process that has sessions', async () => {
    const unknown = await run('sessions', 'disconnect', 'nobody', '--json');
    expect(JSON.parse(unknown.stderr)).toHaveProperty('error.code', 'no_such_contact');
    const idle = await gravy(['sessions', 'disconnect', 'nobody'], { home: other.home });
    expect(idle.stderr).toMatch(/not open in any process.*\nNext: gravy host\n$/u);
  });
});
