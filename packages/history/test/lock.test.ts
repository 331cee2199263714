import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, readLockOwner } from '../src/index.js';

const LIBRARY = new URL('../dist/index.js', import.meta.url).href;

/** What another process gets when it asks for the lock: "taken", or the error's code and pid. */
function elsewhere(path: string): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { acquireLock } from '${LIBRARY}';
       try {
         acquireLock(${JSON.stringify(path)});
         process.stdout.write('taken');
       } catch (error) {
         process.stdout.write(error.code + ' ' + error.pid);
       }`,
    ],
    { encoding: 'utf8' },
  );
  return stdout + stderr;
}

describe('a lock', { timeout: 20_000 }, () => {
  let folder: string;
  let path: string;
  const heldByUs = `in_use ${process.pid}`;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gravy-lock-'));
    path = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const attempt = (at: string): unknown => {
    try {
      acquireLock(at).release();
      return 'taken';
    } catch (error) {
      const { code, pid } = error as { code: string; pid?: number };
      return `${code} ${pid}`;
    }
  };

  it('keeps other processes out until it is released', () => {
    const lock = acquireLock(path);
    expect(elsewhere(path)).toBe(heldByUs);
    lock.release();
    expect(elsewhere(path)).toBe('taken');
  });

  it('stays when this process asks again, by whatever path', () => {
    const lock = acquireLock(path);
    const links = [join(folder, 'symbolic'), join(folder, 'hard')];
    symlinkSync(path, join(folder, 'symbolic'));
    linkSync(path, join(folder, 'hard'));
    for (const other of [path, ...links, join(folder, '.', 'lock')]) {
      expect(attempt(other)).toBe(heldByUs);
      expect(readLockOwner(other)).toBe(process.pid);
    }
    // Each of these would have freed it, had it opened and closed the file.
    expect(elsewhere(path)).toBe(heldByUs);
    lock.release();
  });

  it('is not freed by the release of an earlier one', () => {
    const earlier = acquireLock(path);
    earlier.release();
    const lock = acquireLock(path);
    earlier.release();
    expect(attempt(path)).toBe(heldByUs);
    expect(elsewhere(path)).toBe(heldByUs);
    lock.release();
  });

  it('lasts as long as its process, even if nobody there keeps it', async () => {
    const script = `
      import { acquireLock } from '${LIBRARY}';
      acquireLock(${JSON.stringify(path)});
      for (let round = 0; round < 5; round += 1) {
        gc();
        await new Promise(setImmediate);
      }
      process.stdout.write('held');
      process.stdin.resume();`;
    const owner = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script]);
    owner.stderr.pipe(process.stderr);
    try {
      await once(owner.stdout, 'data');
      expect(elsewhere(path)).toBe(`in_use ${owner.pid}`);
      expect(attempt(path)).toBe(`in_use ${owner.pid}`);
    } finally {
      owner.kill('SIGKILL');
      await once(owner, 'close');
    }
    expect(attempt(path)).toBe('taken');
    // The file still names the last one: it is for messages, not for decisions.
    expect(readLockOwner(path)).toBe(process.pid);
  });

  it('has its owner in the file, where anybody can read it', () => {
    expect(readLockOwner(path)).toBeUndefined();
    const lock = acquireLock(path);
    expect(readFileSync(path).readUInt32BE(60)).toBe(process.pid);
    lock.release();
  });

  it('cannot be had in a folder that is missing', () => {
    expect(attempt(join(folder, 'none', 'lock'))).toBe('no_permission undefined');
  });

  it('does not touch a file that is something else', () => {
    const text = 'Not a lock at all. '.repeat(300);
    writeFileSync(path, text);
    expect(attempt(path)).toBe('store_damaged undefined');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
