import { expect, test } from 'vitest';
import { equalConstantTime, isAllZero, readUint64, viewOf, writeUint64 } from '../src/bytes.js';

test('equal means every byte, and the same number of them', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(equalConstantTime(bytes, Uint8Array.of(1, 2, 3))).toBe(true);
  for (const other of [[0, 2, 3], [1, 0, 3], [1, 2, 0], [1, 2], [1, 2, 3, 0], []]) {
    expect(equalConstantTime(bytes, Uint8Array.from(other))).toBe(false);
  }
  expect(equalConstantTime(new Uint8Array(0), new Uint8Array(0))).toBe(true);
});

test('all zero means every byte', () => {
  expect(isAllZero(new Uint8Array(3))).toBe(true);
  expect(isAllZero(new Uint8Array(0))).toBe(true);
  for (const at of [0, 1, 2]) expect(isAllZero(new Uint8Array(3).fill(1, at, at + 1))).toBe(false);
});

test('a u64 keeps every whole number below 2^53, and larger ones become the largest of these', () => {
  const bytes = new Uint8Array(8);
  for (const value of [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 48 - 1, Number.MAX_SAFE_INTEGER]) {
    writeUint64(viewOf(bytes), 0, value);
    expect(viewOf(bytes).getBigUint64(0)).toBe(BigInt(value));
    expect(readUint64(viewOf(bytes), 0)).toBe(value);
  }
  for (const bytesOf of [[0, 0x20, 0, 0, 0, 0, 0, 0], Array<number>(8).fill(0xff)]) {
    expect(readUint64(viewOf(Uint8Array.from(bytesOf)), 0)).toBe(Number.MAX_SAFE_INTEGER);
  }
});
