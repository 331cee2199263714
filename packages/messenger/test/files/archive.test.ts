import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveParts, planArchive } from '../../src/account/files/archive-plan.js';
import { nodeFiles } from '../../src/account/files/node-files.js';
import { unpackArchive } from '../../src/account/files/unpack-archive.js';

describe('a folder as an archive', () => {
  let base: string;
  let folder: string;

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'gravy-archive-'));
    folder = join(base, 'folder');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const write = (path: string, content: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const read = async (pieceBytes: number): Promise<Buffer> => {
    const source = await nodeFiles.openSource(await nodeFiles.look(folder));
    const pieces: Buffer[] = [];
    for (;;) {
      const piece = Buffer.alloc(pieceBytes);
      const half = Math.floor(pieceBytes / 2);
      const length = await source.read([piece.subarray(0, half), piece.subarray(half)]);
      if (length === 0) break;
      pieces.push(piece.subarray(0, length));
    }
    await source.confirm();
    await source.close();
    return Buffer.concat(pieces);
  };
  /** As if it had been written long ago: the clock of a file system may stand still for some milliseconds. */
  const age = (): void => {
    for (const name of ['', ...readdirSync(folder, { recursive: true }).map(String)]) {
      utimesSync(join(folder, name), 1_000_000_000, 1_000_000_000);
    }
  };
  const long = `${'länge '.repeat(30)}.txt`;

  it('has the size that was said, is the same each time, and gives back what was in it', async () => {
    write('a.txt', 'a');
    write('empty', '');
    write('exactly', 'x'.repeat(512));
    write(`deep/${'d'.repeat(90)}/${'e'.repeat(90)}/file`, 'deep');
    write(`grüße/${long}`, 'umlauts');
    write('日本語/テスト', 'three bytes each');
    mkdirSync(join(folder, 'nothing in it'));
    symlinkSync('/etc/passwd', join(folder, 'link'));
    const { size } = await nodeFiles.look(folder);
    const archive = await read(1_000);
    expect(archive.length).toBe(size);
    expect(size % 512).toBe(0);
    expect(await read(77)).toEqual(archive);
    const path = join(base, 'received');
    writeFileSync(path, archive);
    const root = await unpackArchive(path);
    const found = readdirSync(root, { recursive: true }).map(String).toSorted();
    const expected = readdirSync(folder, { recursive: true }).map(String).toSorted();
    const cut = found.find((name) => name.startsWith('grüße/'));
    expect(Buffer.byteLength(cut?.slice('grüße/'.length) ?? '')).toBeLessThanOrEqual(120);
    const others = (names: string[]): string[] =>
      names.filter((name) => name !== 'link' && !name.startsWith('grüße/'));
    expect(others(found)).toEqual(others(expected));
    for (const name of others(found)) {
      if (!statSync(join(root, name)).isFile()) continue;
      expect(readFileSync(join(root, name))).toEqual(readFileSync(join(folder, name)));
    }
    expect(readFileSync(join(root, cut ?? ''), 'utf8')).toBe('umlauts');
  });

  it('its plan keeps no content and no headers in memory', async () => {
    for (let index = 0; index < 50; index += 1) write(`${index}`, 'x'.repeat(index));
    const plan = await planArchive(folder);
    expect(plan.entries).toHaveLength(50);
    let size = 0;
    for (const part of archiveParts(plan)) {
      size += part.kind === 'bytes' ? part.bytes.length : part.size;
    }
    expect(size).toBe(plan.size);
  });

  it.each([
    ['gains a file', () => write('new', 'x')],
    ['loses a file', () => rmSync(join(folder, 'b'))],
    ['has another content of the same length', () => write('a', 'other')],
    [
      'has a file in the place of a folder',
      () => {
        rmSync(join(folder, 'c'), { recursive: true });
        write('c', '');
      },
    ],
  ])('a folder that %s is not what was offered', async (_what, change) => {
    write('a', 'first');
    write('b', 'second');
    write('c/d', 'third');
    age();
    const offered = { ...(await nodeFiles.look(folder)), modifiedAt: 0 };
    await expect(nodeFiles.openSource(offered)).rejects.toMatchObject({ code: 'file_changed' });
    const known = await nodeFiles.look(folder);
    const source = await nodeFiles.openSource(known);
    change();
    await expect(source.confirm()).rejects.toMatchObject({ code: 'file_changed' });
    await source.close();
  });

  it('what its receiver would refuse is not offered', async () => {
    let path = folder;
    for (let depth = 0; depth < 65; depth += 1) path = join(path, 'd');
    mkdirSync(path, { recursive: true });
    await expect(nodeFiles.look(folder)).rejects.toThrow('too deep');
  });
});
