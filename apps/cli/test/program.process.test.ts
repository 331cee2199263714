import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gravy, gravyAlone, temporaryHome } from './gravy-process.js';

let home = '';
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ home, remove } = await temporaryHome());
});
afterAll(() => remove());

describe('gravy', () => {
  it('tells its version', async () => {
    const { code, stdout } = await gravyAlone(['--version'], { home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  const commands = [
    [],
    ['account'],
    ['account', 'create'],
    ['account', 'list'],
    ['account', 'show'],
    ['account', 'passwd'],
    ['account', 'delete'],
    ['contact'],
    ['contact', 'add'],
    ['contact', 'list'],
    ['contact', 'rename'],
    ['contact', 'remove'],
    ['contact', 'block'],
    ['contact', 'unblock'],
    ['contact', 'verify'],
    ['contact', 'replace-key'],
    ['invite'],
    ['invite', 'list'],
    ['invite', 'revoke'],
    ['host'],
    ['connect'],
    ['send'],
    ['requests'],
    ['requests', 'list'],
    ['requests', 'accept'],
    ['requests', 'decline'],
    ['sessions'],
    ['sessions', 'list'],
    ['sessions', 'close'],
    ['sessions', 'disconnect'],
    ['history'],
    ['history', 'show'],
    ['settings'],
    ['settings', 'get'],
    ['settings', 'set'],
    ['gui'],
    ['rpc'],
    ['completion'],
  ];
  it.each(commands.map((words) => [words.join(' '), words] as const))(
    'has help with an example for "%s"',
    async (_title, words) => {
      const { code, stdout } = await gravy([...words, '--help'], { home });
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples?:\\n  .*gravy ?${words.join(' ')}`, 'u'));
      expect(stdout).toContain('--password-file');
    },
  );

  it('shows help and fails without a terminal and without a command', async () => {
    const { code, stdout, stderr } = await gravy([], { home });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: gravy');
    expect(stderr).toMatch(/needs a terminal\.\nNext: gravy --help\n$/u);
  });

  it.each([
    ['an unknown command', ['unknown']],
    ['an unknown subcommand', ['account', 'unknown']],
    ['a missing subcommand', ['account']],
    ['an unknown option', ['account', 'list', '--unknown']],
    ['a missing argument', ['contact', 'add', 'ben']],
    ['one argument too many', ['contact', 'remove', 'ben', 'carol']],
    ['a port that is none', ['host', '--port', '65536']],
    ['a limit that is none', ['history', 'show', 'ben', '--limit', '0']],
    ['a time that is none', ['invite', '--expires', 'tomorrow']],
    ['a time that is too long', ['invite', '--expires', '31d']],
    ['an invite for a name without --name', ['invite', 'Ben']],
    ['a text that is missing', ['send', 'ben']],
    ['a URL without a contact', ['connect', 'ws://127.0.0.1:9']],
    ['a setting that is none', ['settings', 'set', 'colour', 'blue']],
    ['a value that is none', ['settings', 'set', 'typing', 'blue']],
  ])('ends with 2 and the next thing to type at %s', async (_what, words) => {
    const { code, stdout, stderr } = await gravy(words, { home });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Next: .+\n$/u);
  });

  it.each([
    [['host']],
    [['connect', 'ws://127.0.0.1:9', 'ben']],
    [['connect', '-']],
    [['rpc']],
    [[]],
    [['unknown']],
  ])('refuses --json with %j, as JSON', async (words) => {
    const { code, stdout, stderr } = await gravy([...words, '--json'], { home });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toHaveProperty('error.code', 'usage');
  });
});

describe('compiled code', () => {
  const start = async (folder: string): Promise<void> => {
    const { code } = await gravyAlone(['account', 'list'], { home: folder });
    expect(code).toBe(0);
  };
  const kept = (folder: string): Promise<string[]> =>
    readdir(join(folder, 'cache'), { recursive: true }).catch(() => []);

  it('is kept where only its owner can write, once', async () => {
    const folder = join(home, 'private');
    await mkdir(folder, { mode: 0o700 });
    await start(folder);
    const files = await kept(folder);
    expect(files.length).toBeGreaterThan(2);
    await start(folder);
    expect(await kept(folder)).toEqual(files);
  });

  it.skipIf(process.platform === 'win32')(
    'is kept neither where others can write nor where nothing is yet',
    async () => {
      const shared = join(home, 'shared');
      await mkdir(shared);
      await chmod(shared, 0o777);
      await start(shared);
      expect(await kept(shared)).toEqual([]);
      const none = join(home, 'none');
      await start(none);
      await expect(stat(none)).rejects.toThrow('ENOENT');
    },
  );
});
