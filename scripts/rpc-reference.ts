// Writes docs/rpc.md and docs/rpc.openrpc.json from the schemas of @gravy/messenger; with --check only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { openRpcDocument, rpcReference } from '../packages/messenger/dist/reference.js';

const documents = new Map([
  ['docs/rpc.md', rpcReference()],
  ['docs/rpc.openrpc.json', `${JSON.stringify(openRpcDocument(), undefined, 2)}\n`],
]);

for (const [path, text] of documents) {
  const file = new URL(`../${path}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${path} is not what the schemas say. Run: npm run rpc-reference`);
    process.exitCode = 1;
  }
}
