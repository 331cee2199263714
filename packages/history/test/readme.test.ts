import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PACKAGE = fileURLToPath(new URL('../', import.meta.url));

describe('the example of the README', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gravy-readme-'));
    mkdirSync(join(folder, 'node_modules', '@gravy'), { recursive: true });
    symlinkSync(PACKAGE, join(folder, 'node_modules', '@gravy', 'history'), 'junction');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('runs, and does what it says', () => {
    const [, example = ''] =
      /```js\n([^]*?)```/u.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8')) ?? [];
    writeFileSync(join(folder, 'example.mjs'), example);
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['example.mjs'], options);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const [shown, found, ...exported] = stdout.trimEnd().split('\n');
    expect(shown).toBe('See you at the café in 東京 0 false');
    expect(found).toBe('1 See you at the café in 東京');
    expect(exported.at(-1)).toMatch(/^\[.* UTC\] Me: See you at the café in 東京$/u);
    const files = readdirSync(folder).filter((name) => name.startsWith('history'));
    expect(files).toEqual(['history.db', 'history.lock']);
  });
});
