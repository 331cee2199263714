// Writes docs/rpc.md from the schemas of @gravy/messenger; with --check only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rpcReference } from '../packages/messenger/dist/reference.js';

const file = fileURLToPath(new URL('../docs/rpc.md', import.meta.url));
const text = rpcReference();

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/rpc.md is not what the schemas say. Run: pnpm rpc-reference');
  process.exitCode = 1;
}
