import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rpcReference } from '../src/reference.js';

it('docs/rpc.md is what the schemas say (if not: pnpm rpc-reference)', () => {
  const file = new URL('../../../docs/rpc.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(rpcReference());
});
