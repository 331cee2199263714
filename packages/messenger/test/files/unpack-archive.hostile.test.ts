import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { collectGarbage } from '@gravy/testing';
import { Header } from 'tar/header';
import { Pax } from 'tar/pax';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackArchive } from '../../src/account/files/unpack-archive.js';

type Type = 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO';

interface Entry {
  readonly path: string;
  readonly type?: Type;
  readonly linkpath?: string;
  readonly content?: string;
}

function entryOf({ path, type = 'File', linkpath, content = '' }: Entry): Buffer {
  const size = Buffer.byteLength(content);
  const fields = { path, type, size, mode: 0o4777, mtime: new Date(0), linkpath: linkpath ?? '' };
  const header = new Header(fields);
  const pax = header.encode() ? new Pax({ path, size }).encode() : Buffer.alloc(0);
  const body = Buffer.alloc(Math.ceil(size / 512) * 512);
  body.write(content);
  return Buffer.concat([pax, header.block ?? Buffer.alloc(0), body]);
}

const UNREADABLE = 'The folder arrived as an archive that cannot be read.';
const END = Buffer.alloc(1_024);
const archiveOf = (...entries: Entry[]): Buffer => Buffer.concat([...entries.map(entryOf), END]);

const nextTurn = promisify(setImmediate);

function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('an archive of somebody who means harm', () => {
  let base: string;

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'gravy-unpack-'));
    writeFileSync(join(base, 'bystander'), 'untouched');
  });
  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  const unpack = async (archive: Buffer): Promise<string[]> => {
    writeFileSync(join(base, 'archive'), archive);
    const root = await unpackArchive(join(base, 'archive'));
    expect(readdirSync(base).toSorted()).toEqual(['archive', 'archive.folder', 'bystander']);
    expect(readFileSync(join(base, 'bystander'), 'utf8')).toBe('untouched');
    return readdirSync(root, { recursive: true }).map(String).toSorted();
  };
  const refusal = async (archive: Buffer): Promise<string> => {
    const message = await unpack(archive).then(
      () => 'unpacked',
      (error: Error) => error.message,
    );
    expect(readdirSync(base).toSorted()).toEqual(['archive', 'bystander']);
    return message;
  };

  it('makes no links, devices or pipes', async () => {
    const made = await unpack(
      archiveOf(
        { path: 'link', type: 'SymbolicLink', linkpath: '..' },
        { path: 'link/bystander', content: 'overwritten' },
        { path: 'hard', type: 'Link', linkpath: '../bystander' },
        { path: 'device', type: 'CharacterDevice' },
        { path: 'pipe', type: 'FIFO' },
      ),
    );
    expect(made).toEqual(['link', 'link/bystander']);
    expect(readFileSync(join(base, 'archive.folder', 'link', 'bystander'), 'utf8')).toBe(
      'overwritten',
    );
  });

  it('leads nowhere else, and nothing in it can be run', async () => {
    const made = await unpack(
      archiveOf(
        { path: '../bystander', content: 'overwritten' },
        { path: 'a/../../bystander', content: 'overwritten' },
        { path: '/bystander', content: 'inside' },
        { path: String.raw`..\bystander2`, content: 'inside' },
        { path: 'C:/windows', content: 'inside' },
        { path: './.ssh/.profile', content: 'inside' },
      ),
    );
    expect(made).toEqual(['C', 'C/windows', 'bystander', 'bystander2', 'ssh', 'ssh/profile']);
    const root = join(base, 'archive.folder');
    expect(statSync(join(root, 'bystander')).mode & 0o7777).toBe(0o600);
    expect(statSync(join(root, 'C')).mode & 0o7777).toBe(0o700);
  });

  it('replaces nothing of its own: names that come out the same are numbered', async () => {
    const made = await unpack(
      archiveOf(
        { path: 'same', content: '1' },
        { path: 'same', content: '2' },
        { path: 'same/inside', content: '3' },
        { path: 'sa:me', content: '4' },
        { path: 'CON', content: '5' },
        { path: 'nul.txt', content: '6' },
      ),
    );
    expect(made).toEqual([
      'file',
      'file (1)',
      'same',
      'same (1)',
      'same (2)',
      'same (2)/inside',
      'same (3)',
    ]);
  });

  it('is left out where it nests too deeply, or a path is too long', async () => {
    const deep = Array.from({ length: 65 }, () => 'd').join('/');
    const long = Array.from({ length: 60 }, () => 'x'.repeat(80)).join('/');
    expect(await unpack(archiveOf({ path: deep }, { path: long }, { path: 'ok' }))).toEqual(['ok']);
  });

  it('is refused when this system cannot write what is in it, also with more to come', async () => {
    const tooLong = Array.from({ length: 60 }, () => 'x'.repeat(67)).join('/');
    const large = { path: 'large', content: 'y'.repeat(1_000_000) };
    expect(await refusal(archiveOf({ path: tooLong, content: 'x' }, large, large))).toBe(
      UNREADABLE,
    );
  });

  it('files of one name are numbered, up to a thousand, without trying each against all', async () => {
    const entries = Array.from({ length: 1_001 }, () => ({ path: '?' }));
    expect(await refusal(archiveOf(...entries))).toBe(
      'Too many files of the folder have the same name.',
    );
  });

  it('is not inflated', async () => {
    const bomb = archiveOf({ path: 'bomb', content: 'x'.repeat(10_000_000) });
    expect(await refusal(gzipSync(bomb))).toBe('The folder arrived compressed.');
    expect(await refusal(zstdCompressSync(bomb))).toBe('The folder arrived compressed.');
  });

  const whole = archiveOf({ path: 'a', content: 'x'.repeat(5_000) });
  const broken = Buffer.from(whole);
  broken.writeUInt8(0x58, 150);
  it.each([
    ['is cut in the middle of a file', whole.subarray(0, 2_000)],
    ['is cut in the middle of a header', whole.subarray(0, 300)],
    ['is noise', Buffer.alloc(4_096, 0x5a)],
    ['is one byte', Buffer.alloc(1)],
    ['is nothing', Buffer.alloc(0)],
    ['has a header with a wrong checksum', broken],
  ])('that %s is refused, and leaves nothing', async (what, archive) => {
    const message = await refusal(archive);
    expect(message, what).toBe(UNREADABLE);
  });

  it('a gigantic extended header is not read into memory', async () => {
    const size = 50_000_000;
    const header = new Header({ path: 'pax', type: 'ExtendedHeader', size, mtime: new Date(0) });
    header.encode();
    const archive = Buffer.alloc(512 + size + END.length);
    header.block?.copy(archive);
    const before = heldBytes();
    const unpacked = unpack(archive);
    const isDone = unpacked.then(() => true);
    const isNotYet = (): Promise<boolean> => nextTurn().then(() => false);
    let mostHeld = 0;
    for (let turn = 1; !(await Promise.race([isDone, isNotYet()])); turn += 1) {
      // Looked at more and more rarely, the last time no sooner than half the way.
      const isPowerOfTwo = (turn & (turn - 1)) === 0;
      if (isPowerOfTwo) mostHeld = Math.max(mostHeld, heldBytes() - before);
    }
    expect(await unpacked).toEqual([]);
    expect(mostHeld).toBeLessThan(size / 4);
  });
});
