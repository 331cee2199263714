import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, HistoryError, openHistory } from '../src/index.js';
import { idOf, key } from './fresh-store.js';

const LIBRARY = new URL('../dist/index.js', import.meta.url).href;

/** Runs a script over the built library and gives what it prints, line by line, until it is killed. */
function child(script: string): { lines: AsyncIterator<string>; kill: () => Promise<void> } {
  const running = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { acquireLock, openHistory } from '${LIBRARY}';\n${script}`,
  ]);
  running.stderr.pipe(process.stderr);
  const ended = once(running, 'close');
  async function* lines(): AsyncGenerator<string> {
    let rest = '';
    for await (const chunk of running.stdout.setEncoding('utf8')) {
      const parts = (rest + String(chunk)).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
  }
  return {
    lines: lines(),
    kill: async () => {
      running.kill('SIGKILL');
      // What it has printed meanwhile would keep its end from being seen for as long as nobody reads it.
      running.stdout.destroy();
      await ended;
    },
  };
}

describe('after kill -9', { timeout: 20_000 }, () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gravy-crash-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([1, 7, 50])('everything that was told to be stored is there (%d told)', async (told) => {
    const path = join(folder, 'history.db');
    const writer = child(`
      const store = openHistory({ path: ${JSON.stringify(path)}, key: new Uint8Array(32).fill(0x5a) });
      const contact = new Uint8Array(32);
      await store.contacts.add({ id: contact, name: 'a', addedAt: 0 });
      for (let number = 0; ; number += 1) {
        const id = new Uint8Array(16);
        new DataView(id.buffer).setUint32(0, number);
        await store.messages.append({ id, contact, direction: 'out', at: number, text: 'x', state: 'queued' });
        console.log(number);
      }`);
    let last = -1;
    while (last < told) last = Number((await writer.lines.next()).value);
    await writer.kill();

    const store = openHistory({ path, key });
    const ids = store.messages.unfinished(idOf(32, 0), { limit: 100_000 }).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(last);
    expect(ids.slice(0, last + 1)).toEqual(
      Array.from({ length: last + 1 }, (_, number) => idOf(16, number)),
    );
    store.close();
  });

  it('the lock is free again; before, it tells who holds it', async () => {
    const path = join(folder, 'lock');
    const owner = child(`
      acquireLock(${JSON.stringify(path)});
      console.log(process.pid);
      setInterval(() => {}, 1000);`);
    const pid = Number((await owner.lines.next()).value);
    const attempt = (): unknown => {
      try {
        return acquireLock(path);
      } catch (error) {
        return error;
      }
    };
    for (let times = 0; times < 2; times += 1) {
      const refused = attempt();
      expect(refused).toBeInstanceOf(HistoryError);
      expect(refused).toMatchObject({ code: 'in_use', pid });
    }
    await owner.kill();
    acquireLock(path).release();
  });

  it('a lock is held against this process as well, until it is released', () => {
    const path = join(folder, 'lock');
    const lock = acquireLock(path);
    expect(() => acquireLock(path)).toThrow(
      expect.objectContaining({ code: 'in_use', pid: process.pid }),
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['lock']);
    lock.release();
    lock.release();
    acquireLock(path).release();
  });
});
