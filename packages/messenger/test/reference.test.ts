import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openRpcDocument, rpcReference } from '../src/reference.js';

function inDocs(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
}

it('docs/rpc.md is what the schemas say (if not: pnpm rpc-reference)', () => {
  expect(inDocs('rpc.md')).toBe(rpcReference());
});

it('docs/rpc.openrpc.json is what the schemas say (if not: pnpm rpc-reference)', () => {
  expect(JSON.parse(inDocs('rpc.openrpc.json'))).toEqual(openRpcDocument());
});
