import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAccount } from './e2e/quick-account.js';
import { gravy, gravyAlone, GravyProcess, onlyJson, temporaryHome } from './gravy-process.js';

const password = 'correct horse';
let home = '';
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ home, remove } = await temporaryHome());
});
afterAll(() => remove());

/** A process of somebody who looks, when it ends, whether the password is still in its environment. */
const SPY = `data:text/javascript,process.on('exit',()=>process.stderr.write('kept:'+('GRAVY_PASSWORD' in process.env)))`;

describe('gravy account', () => {
  it('needs an account first', async () => {
    expect(onlyJson(await gravy(['account', 'list', '--json'], { home }))).toEqual([]);
    const { code, stderr } = await gravy(['account', 'show'], { home });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Next: gravy account create NAME\n$/u);
  });

  it('does not ask for a password where nobody could answer', async () => {
    const { code, stderr } = await gravy(['account', 'create', 'ada'], { home });
    expect(code).toBe(2);
    expect(stderr).toContain('--password-file');
  });

  it('creates, and says what a forgotten password means', async () => {
    const fresh = await temporaryHome();
    const words = ['account', 'create', 'ada'];
    const { code, stdout, stderr } = await gravyAlone(words, { home: fresh.home, password });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Account +ada\nId +gravy1\w+\n/u);
    expect(stderr).toContain('cannot be recovered');
    expect(stderr).toContain(join(fresh.home, 'accounts', 'ada'));
    const shown = await gravy(['account', 'show'], { home: fresh.home, password });
    expect(shown.code).toBe(0);
    await fresh.remove();
    // The others work with one whose password costs them no time.
    writeAccount(home, 'ada', password);
  });

  it('refuses a name that is taken', async () => {
    const finished = await gravy(['account', 'create', 'ADA', '--json'], { home, password });
    expect(finished.code).toBe(1);
    expect(finished.stdout).toBe('');
    expect(JSON.parse(finished.stderr)).toHaveProperty('error.code', 'account_exists');
  });

  it('shows the id, as text, JSON and QR code', async () => {
    const value = onlyJson(await gravy(['account', 'show', '--json'], { home, password }));
    expect(value).toEqual({ name: 'ada', id: expect.stringMatching(/^gravy1/u) as string });
    const { id } = value as { id: string };
    const shown = await gravy(['account', 'show', '--qr'], { home, password });
    expect(shown.stdout).toContain(id);
    expect(shown.stdout).toContain('▄');
    const listed = await gravy(['account', 'list'], { home });
    expect(listed.stdout).toContain(`${id.slice(0, 12)}...${id.slice(-6)}`);
  });

  it('ends with 3 at a wrong password, and with 2 without one', async () => {
    const wrong = await gravy(['account', 'show', '--json'], { home, password: 'wrong' });
    expect(wrong.code).toBe(3);
    expect(JSON.parse(wrong.stderr)).toHaveProperty('error.code', 'wrong_password');
    expect((await gravy(['account', 'show'], { home })).code).toBe(2);
  });

  it('takes the password from a file of one line', async () => {
    const file = join(home, 'password.txt');
    await writeFile(file, `${password}\n`);
    const words = ['account', 'show', '--password-file', file];
    expect((await gravy(words, { home, password: 'wrong' })).code).toBe(0);
    await writeFile(file, `${password}\nand more\n`);
    const finished = await gravy(words, { home });
    expect(finished.code).toBe(1);
    expect(finished.stderr).toContain('one line');
    const missing = ['account', 'show', '--password-file', join(home, 'missing.txt')];
    expect((await gravy(missing, { home })).code).toBe(1);
  });

  it('takes GRAVY_PASSWORD out of the environment', async () => {
    const env = { NODE_OPTIONS: `--import=${SPY.replaceAll(' ', '%20')}` };
    const { stderr } = await gravyAlone(['account', 'list'], { home, password, env });
    expect(stderr).toBe('kept:false');
  });

  it('changes the password', async () => {
    const file = join(home, 'new.txt');
    await writeFile(file, 'battery staple');
    expect((await gravy(['account', 'passwd'], { home, password })).code).toBe(2);
    const words = ['account', 'passwd', '--new-password-file', file];
    expect((await gravy(words, { home, password })).code).toBe(0);
    expect((await gravy(['account', 'show'], { home, password })).code).toBe(3);
    expect((await gravy(['account', 'show'], { home, password: 'battery staple' })).code).toBe(0);
  });

  it('works through a process that has the account open, without the password', async () => {
    const words = ['rpc', '--account', 'ada'];
    const owner = new GravyProcess(words, { home, password: 'battery staple' });
    owner.type('{"jsonrpc":"2.0","id":1,"method":"account.show"}');
    await owner.says(/"result"/u);
    const shown = await gravy(['account', 'show', '--json'], { home });
    expect(shown.code).toBe(0);
    expect(onlyJson(shown)).toHaveProperty('name', 'ada');
    owner.child.stdin.end();
    expect((await owner.finished).code).toBe(0);
  });

  it('asks which of several accounts is meant', async () => {
    writeAccount(home, 'ben', password);
    const { code, stderr } = await gravy(['account', 'show'], { home, password });
    expect(code).toBe(2);
    expect(stderr).toMatch(/ada, ben\.\nNext: .*--account NAME\n$/u);
    expect((await gravy(['account', 'show', '--account', 'ben'], { home, password })).code).toBe(0);
    expect((await gravy(['account', 'show', '--account', 'carol'], { home })).code).toBe(1);
  });

  it('deletes only what was named twice', async () => {
    expect((await gravy(['account', 'delete', 'ben'], { home })).code).toBe(2);
    expect((await gravy(['account', 'delete', 'ben', '--confirm', 'ada'], { home })).code).toBe(1);
    expect((await gravy(['account', 'delete', 'ben', '--confirm', 'ben'], { home })).code).toBe(0);
    const left = onlyJson(await gravy(['account', 'list', '--json'], { home }));
    expect(left).toMatchObject([{ name: 'ada' }]);
  });
});
