import { expect, test } from 'vitest';
import { detectNativeFeatures } from '../src/backend/node/features.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { portableBackend } from '../src/backend/portable.js';
import { bareNodeBackend } from './backends.js';

test('what is missing natively is done portably', () => {
  const { name, isNative, ...primitives } = bareNodeBackend;
  expect({ name, isNative }).toEqual({ name: 'node', isNative: false });
  for (const [primitive, implementation] of Object.entries(primitives)) {
    expect(implementation).toBe(Reflect.get(portableBackend, primitive));
  }
});

test('this Node has every primitive', () => {
  expect(detectNativeFeatures()).toEqual({
    hashing: true,
    signing: true,
    agreement: true,
    kem: true,
    aead: true,
  });
  expect(nodeBackend.isNative).toBe(true);
});

test('random bytes differ from draw to draw', () => {
  for (const backend of [portableBackend, nodeBackend]) {
    expect(backend.randomBytes(32)).toHaveLength(32);
    expect(backend.randomBytes(32)).not.toEqual(backend.randomBytes(32));
  }
});
