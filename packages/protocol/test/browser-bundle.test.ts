import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';

const PACKAGE = new URL('../', import.meta.url);
const isBuilt = existsSync(new URL('dist/index.js', PACKAGE));
if (!isBuilt) process.stderr.write('Skipped: the bundle is made of dist, which is not built.\n');

interface Bundler {
  build(options: object): Promise<{ outputFiles: readonly { text: string }[] }>;
}

/** Bundles a module that uses the built package, the way a bundler for browsers (or for Node) does. */
async function bundle(platform: 'browser' | 'node', contents: string): Promise<string> {
  const tsup = createRequire(import.meta.url).resolve('tsup');
  const bundler = createRequire(tsup)('esbuild') as Bundler;
  const { outputFiles } = await bundler.build({
    stdin: { contents, resolveDir: fileURLToPath(PACKAGE) },
    bundle: true,
    write: false,
    format: platform === 'browser' ? 'iife' : 'esm',
    platform,
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('');
}

const handshake = `
  import { awaitHandshake, OwnKey, startHandshake } from './dist/index.js';
  const [own, other] = [OwnKey.fromSeed(new Uint8Array(32)), OwnKey.fromSeed(new Uint8Array(32).fill(1))];
  const hello = startHandshake({ ownKey: own, peerId: other.id });
  const reply = awaitHandshake({ ownKey: other }).receive(hello.message);
  const proof = hello.next.receive(reply.message);
  const { message, session } = reply.next.receive(proof.message).accept();
  const frame = proof.next.receive(message).seal(32, new Uint8Array(5), 1);
  globalThis.result = session.open(frame).body.length;
`;

describe.runIf(isBuilt)('a bundle', () => {
  test('for browsers has no Node built-in and runs without any', { timeout: 30_000 }, async () => {
    const text = await bundle('browser', handshake);
    expect(text).not.toMatch(/node:|require\(/);
    const { crypto, TextEncoder, btoa, performance } = globalThis;
    const page = createContext({ crypto, TextEncoder, btoa, performance });
    runInContext(text, page);
    expect(page['result']).toBe(5);
  });

  test('for Node uses node:crypto by default', { timeout: 30_000 }, async () => {
    expect(await bundle('node', handshake)).toContain('node:crypto');
  });
});
