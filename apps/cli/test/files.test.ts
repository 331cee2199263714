import { Writable } from 'node:stream';
import type { FileInfo } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatSpan, parseBytes } from '../src/file/amounts.js';
import { formatFiles, shortFileId } from '../src/file/file-table.js';
import { describeFile } from '../src/file/file-words.js';
import { pickFile } from '../src/file/find-file.js';
import { describeProgress, formatProgress } from '../src/file/progress-line.js';
import { StatusLine } from '../src/file/status-line.js';
import { PLAIN } from '../src/terminal/style.js';

const fileOf = (rest: Partial<FileInfo>): FileInfo => ({
  id: 'abcdefghijklmnop',
  contact: 'gravy1ben',
  direction: 'in',
  name: 'photo.jpg',
  size: 1_500_000,
  bytes: 0,
  state: 'offered',
  folder: false,
  ...rest,
});

describe('amounts', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [123_456, '123 kB'],
    [999_600, '1.0 MB'],
    [1_500_000_000, '1.5 GB'],
    [Number.MAX_SAFE_INTEGER, '9.0 PB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    ['0', 0],
    ['200000', 200_000],
    ['500kB', 500_000],
    [' 1.5 GB ', 1_500_000_000],
    ['10m', 10_000_000],
    ['0.001b', 0],
    ['9PB', 9_000_000_000_000_000],
    ['10PB', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['much', undefined],
    ['kB', undefined],
    ['', undefined],
  ])('%j means %s bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

  it.each([
    [0, '0 s'],
    [0.2, '1 s'],
    [200, '3 min 20 s'],
    [7_500, '2 h 5 min'],
    [Number.POSITIVE_INFINITY, 'more than 4 days'],
  ])('%i seconds are %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text));
});

describe('progress', () => {
  it('says how far, how fast and how long', () => {
    const progress = { bytes: 5_000_000, size: 10_000_000, bytesPerSecond: 1_000_000 };
    expect(formatProgress(progress)).toBe(
      '[############------------] 50 % of 10.0 MB, 1.0 MB/s, 5 s left',
    );
  });

  it('is never whole, says nothing of a rate that is not known, and survives nothing', () => {
    const whole = { bytes: 10, size: 10, bytesPerSecond: 0 };
    expect(describeProgress(whole)).toBe('99 % of 10 B');
    expect(describeProgress({ bytes: 0, size: 0, bytesPerSecond: 0 })).toBe('0 % of 0 B');
  });

  it('is written on a terminal only, over itself, and no wider than it', () => {
    const written: string[] = [];
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        written.push(String(chunk));
        done();
      },
    });
    const piped = new StatusLine(stream);
    piped.show('x');
    piped.clear();
    expect(written).toEqual([]);
    const line = new StatusLine(Object.assign(stream, { isTTY: true, columns: 5 }));
    line.show('123456789');
    line.clear();
    line.clear();
    expect(written).toEqual(['\r\u001b[K1234', '\r\u001b[K']);
  });
});

describe('files in words', () => {
  const evil = '\u001b[2J\u202egnp.exe\n-- forged';
  it('let no name, path or reason act on the terminal', () => {
    for (const state of ['offered', 'paused', 'done', 'failed'] as const) {
      const file = fileOf({ name: evil, state, reason: evil, path: evil, folder: true });
      const lines = [
        describeFile(file),
        ...formatFiles([file], { names: new Map([['gravy1ben', evil]]), style: PLAIN }),
      ];
      for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });

  it('say how far it is and where it is', () => {
    expect(describeFile(fileOf({}))).toBe('"photo.jpg", 1.5 MB: offered to you');
    expect(describeFile(fileOf({ state: 'paused', bytes: 750_000, reason: 'Full.' }))).toBe(
      '"photo.jpg", 1.5 MB: paused, 50 % (Full.)',
    );
    expect(describeFile(fileOf({ state: 'done', path: '/x/photo.jpg' }))).toBe(
      '"photo.jpg", 1.5 MB: done: /x/photo.jpg',
    );
  });
});

describe('an id of a file', () => {
  const files = ['-aaaabbbbcccc', 'aaaabbbbdddd', 'own', 'own.in'].map((id) => fileOf({ id }));
  const find = (typed: string): string => pickFile(files, typed, 'next').id;

  it('can be shortened, without a dash in front, as long as it is one', () => {
    expect(find('own')).toBe('own');
    expect(find('ow.in')).toBe('own.in');
    expect(find('aaaabbbbd')).toBe('aaaabbbbdddd');
    expect(find('aaaabbbbc')).toBe('-aaaabbbbcccc');
    expect(() => find('aaaa')).toThrow('Several files');
    expect(() => find('')).toThrow('No file');
    expect(() => find('z')).toThrow('No file');
    expect(shortFileId('-aaaabbbbcccc')).toBe('aaaabbbb');
    expect(shortFileId('aaaabbbbdddd.in')).toBe('aaaabbbb.in');
  });
});
