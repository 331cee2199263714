// RFC 7914, section 12; the first 32 bytes of each output.
import { expect, it } from 'vitest';
import { deriveKey as nodeDeriveKey } from '../src/scrypt-node.js';
import { deriveKey as portableDeriveKey } from '../src/scrypt-portable.js';

const vectors = [
  {
    password: '',
    salt: '',
    cost: { N: 16, r: 1, p: 1 },
    key: '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442',
  },
  {
    password: 'password',
    salt: 'NaCl',
    cost: { N: 1024, r: 8, p: 16 },
    key: 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
  },
  {
    password: 'pleaseletmein',
    salt: 'SodiumChloride',
    cost: { N: 16_384, r: 8, p: 1 },
    key: '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
  },
];

it.each([
  ['node', nodeDeriveKey],
  ['portable', portableDeriveKey],
])('scrypt (%s) gives the keys of RFC 7914', async (_name, deriveKey) => {
  for (const { password, salt, cost, key } of vectors) {
    const derived = await deriveKey(Buffer.from(password), Buffer.from(salt), cost);
    expect(Buffer.from(derived).toString('hex')).toBe(key);
  }
});
