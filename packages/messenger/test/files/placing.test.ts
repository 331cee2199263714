import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSink } from '../../src/account/files/file-sink.js';
import { moveIntoPlace } from '../../src/account/files/move-into-place.js';
import type { SinkPlan } from '../../src/core/ports/files.js';
import { contents } from './file-people.js';

describe('putting what was received into place', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'gravy-place-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const write = (name: string, content: string): string => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };

  it('replaces neither file, folder nor link', async () => {
    write('name.txt', 'first');
    mkdirSync(join(directory, 'name (1).txt'));
    symlinkSync('nowhere', join(directory, 'name (2).txt'));
    const path = await moveIntoPlace(write('part', 'new'), { directory, name: 'name.txt' });
    expect(path).toBe(join(directory, 'name (3).txt'));
    expect(readFileSync(join(directory, 'name.txt'), 'utf8')).toBe('first');
    mkdirSync(join(directory, 'folder.part'));
    const folder = await moveIntoPlace(join(directory, 'folder.part'), {
      directory,
      name: 'name (1).txt',
    });
    expect(folder).toBe(join(directory, 'name (1) (1).txt'));
  });

  it('two at once of one name get two', async () => {
    const places = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        moveIntoPlace(write(`part ${index}`, `${index}`), { directory, name: 'same' }),
      ),
    );
    expect(new Set(places).size).toBe(20);
    for (const [index, path] of places.entries()) {
      expect(readFileSync(path, 'utf8')).toBe(`${index}`);
    }
  });

  it('what was put there already, before a kill, is not put there again', async () => {
    const part = write('part', 'whole');
    linkSync(part, join(directory, 'name'));
    expect(await moveIntoPlace(part, { directory, name: 'name' })).toBe(join(directory, 'name'));
  });

  const NOBODY = (): void => undefined;
  const planOf = (rest: Partial<SinkPlan> = {}): SinkPlan => ({
    temporaryPath: join(directory, '.part'),
    directory,
    name: 'name',
    size: 10,
    isFolder: false,
    syncedBytes: 0,
    ...rest,
  });

  it('a link in the place of the temporary file is not followed', async () => {
    const victim = write('victim', 'untouched');
    symlinkSync(victim, join(directory, '.part'));
    const sink = await openSink(planOf(), NOBODY);
    await sink.append(Buffer.from('0123456789'));
    await sink.finish();
    expect(readFileSync(victim, 'utf8')).toBe('untouched');
    expect(readFileSync(join(directory, 'name'), 'utf8')).toBe('0123456789');
  });

  it('keeps what an earlier attempt has written, and not more than there is to be', async () => {
    const first = await openSink(planOf(), NOBODY);
    await first.append(Buffer.from('01234'));
    await first.close();
    const second = await openSink(planOf(), NOBODY);
    expect(second.keptBytes).toBe(5);
    const kept: Buffer[] = [];
    for await (const piece of second.kept()) kept.push(Buffer.from(piece));
    expect(Buffer.concat(kept).toString()).toBe('01234');
    await second.close();
    const smaller = await openSink(planOf({ size: 4 }), NOBODY);
    expect(smaller.keptBytes).toBe(0);
    await smaller.close();
  });

  it('tells what a power cut would leave, while more comes', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const piece = Buffer.alloc(2 ** 22);
    const sink = await openSink(planOf({ size: 2 ** 28 }), resolve);
    for (let count = 0; count < 17; count += 1) await sink.append(piece);
    expect(await promise).toBe(2 ** 26);
    await sink.close();
  });

  const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
  it.skipIf(!isRoot)(
    'a full disk is said as such, and what is there stays (needs root)',
    async () => {
      const disk = join(directory, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
      try {
        const place = { temporaryPath: join(disk, '.part'), directory: disk };
        const full = { code: 'disk_full' };
        await expect(openSink(planOf({ ...place, size: 2 ** 21 }), NOBODY)).rejects.toMatchObject(
          full,
        );
        const sink = await openSink(planOf({ ...place, size: 1_000_000 }), NOBODY);
        writeFileSync(join(disk, 'other'), Buffer.alloc(600_000));
        await sink.append(Buffer.alloc(300_000));
        await expect(sink.append(Buffer.alloc(300_000))).rejects.toMatchObject(full);
        await sink.close();
        rmSync(join(disk, 'other'));
        const again = await openSink(planOf({ ...place, size: 1_000_000 }), NOBODY);
        expect(again.keptBytes).toBeGreaterThanOrEqual(300_000);
        await again.close();
        expect(contents(disk)).toEqual(['.part']);
      } finally {
        execFileSync('umount', [disk]);
      }
    },
  );
});
