import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HistoryStore, openHistory } from '../src/index.js';
import { idOf, key } from './fresh-store.js';
import { makeOlderStore } from './older-store.js';

const LIBRARY = new URL('../dist/index.js', import.meta.url).href;
const contact = idOf(32, 1);
const outgoing = { contact, direction: 'out', at: 0, state: 'queued' } as const;
const text = 'x'.repeat(900);
const NOBODY = 65_534;

const folder = mkdtempSync(join(tmpdir(), 'gravy-medium-'));
const mount = (...options: string[]): boolean =>
  process.platform === 'linux' && spawnSync('mount', options).status === 0;
const canMount = mount('-t', 'tmpfs', '-o', 'size=1m', 'gravy-test', folder);
if (canMount) spawnSync('umount', [folder]);
rmSync(folder, { recursive: true });
if (!canMount) console.log('Skipped: a small file system of our own takes root on Linux.');

describe.runIf(canMount)('on a medium that gives way', { timeout: 60_000 }, () => {
  let medium: string;
  let path: string;
  let store: HistoryStore | undefined;

  beforeEach(() => {
    medium = mkdtempSync(join(tmpdir(), 'gravy-medium-'));
    path = join(medium, 'history.db');
    expect(mount('-t', 'tmpfs', '-o', 'size=2m,mode=0755', 'gravy-test', medium)).toBe(true);
  });
  afterEach(() => {
    store?.close();
    store = undefined;
    expect(spawnSync('umount', [medium]).status).toBe(0);
    rmSync(medium, { recursive: true });
  });

  const open = (): HistoryStore => (store = openHistory({ path, key }));
  const codeOf = (act: () => unknown): string | undefined => {
    try {
      act();
    } catch (error) {
      if ((error as { code?: string }).code === 'io_error') throw error;
      return (error as { code?: string }).code;
    }
    return undefined;
  };
  const numbers = (): number[] =>
    store?.messages
      .from(contact, { limit: 99_999 })
      .map(({ id }) => new DataView(id.buffer).getUint32(0)) ?? [];
  const append = (number: number): Promise<unknown> =>
    opened().messages.append({ ...outgoing, id: idOf(16, number), text });
  const opened = (): HistoryStore => {
    if (store === undefined) throw new Error('The store is closed.');
    return store;
  };
  /** Appends until something fails; how many were told to be stored, and the failure. */
  const fill = async (from: number): Promise<{ told: number; code: string | undefined }> => {
    for (let number = from; ; number += 1) {
      try {
        await append(number);
      } catch (error) {
        return { told: number, code: (error as { code?: string }).code };
      }
    }
  };

  it('that is full refuses what does not fit, keeps what was told, and goes on with more room', async () => {
    open();
    await opened().contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
    const full = await fill(0);
    expect(full.code).toBe('disk_full');
    expect(numbers()).toHaveLength(full.told);
    // Reading goes on, and every write says the same, whatever it is.
    await expect(append(full.told)).rejects.toMatchObject({ code: 'disk_full' });
    const big = { query: 'x', limit: 1 };
    const search = opened().search.find(big);
    await search.catch((error: unknown) => expect(error).toMatchObject({ code: 'disk_full' }));
    expect(codeOf(() => opened().copyTo(join(medium, 'copy')))).toBe('disk_full');
    store?.close();
    open();
    expect(numbers()).toEqual(Array.from({ length: full.told }, (_, number) => number));
    expect(mount('-o', 'remount,size=8m', medium)).toBe(true);
    await append(full.told);
    expect((await opened().search.find(big)).total).toBe(full.told + 1);
    expect(await opened().messages.deleteAll(contact)).toBe(full.told + 1);
  });

  it('that has no room for the copy leaves an older store as it is', () => {
    makeOlderStore(path, 6_000);
    const before = readFileSync(path);
    writeFileSync(join(medium, 'filler'), Buffer.alloc(2 * 1024 * 1024 - before.length - 65_536));
    expect(codeOf(open)).toBe('disk_full');
    expect(readFileSync(path).equals(before)).toBe(true);
    rmSync(join(medium, 'filler'));
    expect(mount('-o', 'remount,size=16m', medium)).toBe(true);
    open();
    expect(numbers()).toHaveLength(6_000);
  });

  it('that is full at any moment of a migration leaves a store that opens later', () => {
    makeOlderStore(path, 2_000);
    const before = readFileSync(path);
    const codes = new Set<string | undefined>();
    for (let room = before.length + 16_384; room < before.length * 5; room += 65_536) {
      rmSync(`${path}.before-step-2`, { force: true });
      for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
      writeFileSync(path, before);
      expect(mount('-o', `remount,size=${Math.ceil(room / 4_096) * 4}k`, medium)).toBe(true);
      codes.add(codeOf(open));
      store?.close();
      expect(mount('-o', 'remount,size=16m', medium)).toBe(true);
      open();
      expect(numbers()).toHaveLength(2_000);
      store?.close();
    }
    expect(codes).toEqual(new Set(['disk_full', undefined]));
  });

  it('that is read-only says so and changes nothing', async () => {
    open();
    await opened().contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
    store?.close();
    store = undefined;
    const before = readFileSync(path);
    expect(mount('-o', 'remount,ro', medium)).toBe(true);
    expect(codeOf(open)).toBe('no_permission');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(mount('-o', 'remount,rw', medium)).toBe(true);
    open();
    expect(opened().contacts.list()).toHaveLength(1);
  });

  it('on which the owner lost the permission to write says so, and works again with it', () => {
    chownSync(medium, NOBODY, NOBODY);
    const run = (): string => {
      const script = `
        const { openHistory } = await import('${LIBRARY}');
        try {
          const store = openHistory({ path: ${JSON.stringify(path)}, key: new Uint8Array(32).fill(0x5a) });
          await store.settings.set('theme', 'dark');
          store.close();
          console.log('stored');
        } catch (error) { console.log(error.code); }`;
      const options = { encoding: 'utf8', uid: NOBODY, gid: NOBODY } as const;
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module', '-e', script],
        options,
      );
      expect(stderr).toBe('');
      return stdout.trim();
    };
    expect(run()).toBe('stored');
    const before = readFileSync(path);
    chmodSync(medium, 0o555);
    expect(run()).toBe('no_permission');
    chmodSync(medium, 0o755);
    chownSync(path, 0, 0);
    expect(run()).toBe('no_permission');
    expect(readFileSync(path).equals(before)).toBe(true);
    chownSync(path, NOBODY, NOBODY);
    expect(run()).toBe('stored');
  });
});
