import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAccount } from './e2e/quick-account.js';
import { type Finished, gravy, GravyProcess, onlyJson, temporaryHome } from './gravy-process.js';

const password = 'correct horse';
// Oneself is the nearest contact: each text is there twice, as sent and as received.
const ATTACK = '\u001b[31mred\u001b[0m <script>alert(1)</script> \u202Eevil';

describe('a history on the command line', { timeout: 60_000 }, () => {
  let home = '';
  let remove: () => Promise<void>;
  let owner: GravyProcess;

  beforeAll(async () => {
    ({ home, remove } = await temporaryHome());
    writeAccount(home, 'ada', password);
    owner = new GravyProcess(['rpc', '--account', 'ada'], { home, password });
    const shown = await gravyWhenOpen(['account', 'show', '--json']);
    const { id } = onlyJson(shown) as { id: string };
    await run('contact', 'add', 'me', id);
    const call = (method: string, params: unknown): void =>
      owner.type(JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }));
    for (const text of ['The tunnel is ready', 'Grüße aus München', '東京で会いましょう', ATTACK]) {
      call('message.send', { contact: 'me', text });
    }
    await owner.says(/(?:"state":"queued"[^]*){4}/u);
  });
  afterAll(async () => {
    await owner.stop();
    await remove();
  });

  const run = (...words: string[]): Promise<Finished> => gravy(words, { home });
  /** The account is opened by the owner in a moment. */
  const gravyWhenOpen = async (words: string[]): Promise<Finished> => {
    owner.type('{"jsonrpc":"2.0","id":1,"method":"account.show"}');
    await owner.says(/"name":"ada"/u);
    return run(...words);
  };

  it('is searched in any script, whatever the case and the accents', async () => {
    for (const [words, text] of [
      [['tunn', 'READY'], 'The tunnel is ready'],
      [['munchen'], 'Grüße aus München'],
      [['東京'], '東京で会いましょう'],
    ] as const) {
      const found = onlyJson(await run('history', 'search', ...words, '--json'));
      expect(found).toMatchObject({ matches: [{ snippet: text }], total: 1 });
    }
    expect((await run('history', 'search', 'nowhere')).stdout).toBe('Nothing was found.\n');
    const { stdout } = await run('history', 'search', 'script');
    expect(stdout).not.toContain('\u001b[31m');
    expect(stdout).not.toContain('\u202E');
  });

  it('is exported to a new file of this user alone, and never over another', async () => {
    const file = join(home, 'out.html');
    expect((await run('history', 'export', 'me', file, '--format', 'html')).code).toBe(0);
    const page = readFileSync(file, 'utf8');
    expect(page).toContain('Grüße aus München');
    expect(page).not.toContain('<script>');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await run('history', 'export', 'me', file, '--format', 'json', '--json');
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(JSON.parse(again.stderr)).toMatchObject({ error: { code: 'file_exists' } });
    expect(readFileSync(file, 'utf8')).toBe(page);
    const piped = await run('history', 'export', 'me', '--format', 'json');
    expect(JSON.parse(piped.stdout)).toMatchObject({
      contact: { id: expect.stringMatching(/^gravy1/u) },
      messages: expect.arrayContaining([expect.objectContaining({ text: ATTACK })]),
    });
    expect((await run('history', 'export', 'me')).code).toBe(2);
  });

  it('comes back from a backup, which opens by its own password only', async () => {
    const backup = join(home, 'ada.gravy');
    const file = (name: string, text: string): string => {
      writeFileSync(join(home, name), text);
      return join(home, name);
    };
    const [own, ofBackup, wrong] = [
      file('own', password),
      file('of-the-backup', 'something else'),
      file('wrong', 'neither'),
    ];
    const options = ['--password-file', own, '--backup-password-file', ofBackup];
    expect(await run('account', 'export', backup, ...options)).toMatchObject({ code: 0 });
    const needed = await run('account', 'export', join(home, 'other'), '--password-file', own);
    expect(needed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--backup-password-file'),
    });
    const elsewhere = await temporaryHome();
    const restore = (given: string): Promise<Finished> =>
      gravy(
        ['account', 'import', backup, '--password-file', own, '--backup-password-file', given],
        elsewhere,
      );
    expect((await restore(wrong)).code).toBe(3);
    expect(existsSync(join(elsewhere.home, 'accounts', 'ada', 'identity.json'))).toBe(false);
    expect((await restore(ofBackup)).code).toBe(0);
    const there = ['--password-file', own, 'history', 'search', 'münchen', '--json'];
    expect(onlyJson(await gravy(there, elsewhere))).toMatchObject({ total: 1 });
    await elsewhere.remove();
  });

  it('is deleted for good, once that was confirmed', async () => {
    expect(await run('history', 'delete', 'me')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect((await run('history', 'delete', 'me', '--yes')).code).toBe(0);
    expect(onlyJson(await run('history', 'search', 'tunnel', '--json'))).toMatchObject({
      total: 0,
    });
  });
});
