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

const lockAndUnlock = `
  import { decodeInvite, encodeInvite, Identity, lockIdentity, unlockIdentity } from '@gravy/identity';
  async function run() {
    const identity = Identity.generate();
    const text = await lockIdentity(identity, 'pw', { cost: { N: 1024, r: 8, p: 1 } });
    const { id, text: idText } = await unlockIdentity(text, 'pw');
    const invite = { id, psk: new Uint8Array(32).fill(1), urls: ['ws://a'], expires: 1 };
    return idText === identity.text && decodeInvite(encodeInvite(invite)).urls[0];
  }
  globalThis.result = run();
`;

describe.runIf(isBuilt)('a bundle', () => {
  test('for browsers has no Node built-in and runs without any', { timeout: 30_000 }, async () => {
    const text = await bundle('browser', lockAndUnlock);
    expect(text).not.toMatch(/node:|[^_]require\("/u);
    const { crypto, TextDecoder, TextEncoder, URL: PageUrl, setTimeout } = globalThis;
    const page = createContext({ crypto, TextDecoder, TextEncoder, URL: PageUrl, setTimeout });
    runInContext(text, page);
    expect(await page['result']).toBe('ws://a');
  });

  test("for Node uses node:crypto's scrypt, which leaves the event loop free", async () => {
    const text = await bundle('node', lockAndUnlock);
    expect(text).toContain('node:crypto');
    expect(text).not.toContain('deriveKeyNonBlocking');
  });
});
