import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gravy } from './gravy-process.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gravy-completion-'));
  for (const name of ['backup.gravy', 'my file.txt', '*']) writeFileSync(join(folder, name), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function script(shell: string): Promise<string> {
  const { code, stdout } = await gravy(['completion', shell], { home: folder });
  expect(code).toBe(0);
  const path = join(folder, `completion.${shell}`);
  writeFileSync(path, stdout);
  return path;
}

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', ':']).status === 0;

/** What each shell offers for the last word, sorted; the shell itself is asked. */
const OFFERED = {
  bash: (path: string, words: readonly string[]) =>
    asked('bash', [
      '-c',
      `source ${path}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gravy; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      ...words,
    ]),
  fish: (path: string, words: readonly string[]) =>
    asked('fish', ['-N', '-c', `source ${path}; complete -C '${words.join(' ')}'`]).map(
      (line) => line.split('\t')[0] ?? '',
    ),
};

function asked(shell: string, args: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(shell, args, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe.each(['bash', 'fish'] as const)('completion in %s', (shell) => {
  it.skipIf(!isInstalled(shell))('offers commands, options and files', async () => {
    const path = await script(shell);
    const offered = (...words: string[]): string[] => OFFERED[shell](path, ['gravy', ...words]);
    expect(offered('acc')).toEqual(['account']);
    expect(offered('account', 'e')).toEqual(['export']);
    expect(offered('--account', 'host', 'contact', 'ren')).toEqual(['rename']);
    expect(offered('host', '--tunnel', '')).toEqual(expect.arrayContaining(['quick', 'named']));
    expect(offered('host', '--pu')).toEqual(['--public-url']);
    expect(offered('account', 'import', 'back')).toEqual(['backup.gravy']);
    expect(offered('account', 'import', 'x', '--password-file', 'back')).toEqual(['backup.gravy']);
    expect(offered('account', 'nothing-of-that-kind')).toEqual([]);
    // One answer, whatever is in the name.
    expect(offered('account', 'import', 'my')).toHaveLength(1);
    expect(offered('account', 'import', '')).toHaveLength(readdirSync(folder).length);
  });
});

describe('completion in zsh', () => {
  it.skipIf(!isInstalled('zsh'))('is understood, with a function for each command', async () => {
    const path = await script('zsh');
    const listed = asked('zsh', [
      '-f',
      '-c',
      `autoload -Uz compinit; compinit -u -D; source ${path}; print -l $_comps[gravy] \${(ok)functions[(I)_gravy*]}`,
    ]);
    expect(listed).toEqual(
      expect.arrayContaining(['_gravy', '_gravy_account_create', '_gravy_contact_replace_key']),
    );
  });
});

describe('gravy completion', () => {
  it('says which shells there are', async () => {
    const { code, stderr } = await gravy(['completion', 'tcsh'], { home: folder });
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish');
  });
});
