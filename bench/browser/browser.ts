// The package in a bundle: its size, and its speed in Chromium.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import chromium from '@sparticuz/chromium';
import { build, type BuildOptions } from 'esbuild';
import { chromium as browsers } from 'playwright-core';
import type { Report } from '../report.ts';

const MAX_KIB = 30;
const MAX_MS = 60;

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    // As sites do: the licences in a file beside the script.
    legalComments: 'external',
    outdir: 'out',
    write: false,
    ...options,
  });
  const script = outputFiles?.find(({ path }) => path.endsWith('.js'));
  if (!script) throw new Error('The bundle is missing.');
  return script.text;
}

/** What somebody gets who imports all that a chat needs. */
function chatBundle(): Promise<string> {
  const contents = `export { openChannel, OwnKey, upgradePath, webSocketDuplex } from '@gravy/protocol';`;
  return bundle({ stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) } });
}

async function timesInChromium(): Promise<{ readonly client: number; readonly server: number }> {
  const script = await bundle({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
  });
  const started = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args,
    headless: true,
  });
  try {
    const page = await started.newPage();
    await page.addScriptTag({ content: script, type: 'module' });
    await page.waitForFunction('globalThis.measure');
    return await page.evaluate('globalThis.measure()');
  } finally {
    await started.close();
  }
}

export async function browser(): Promise<Report> {
  const script = await chatBundle();
  if (/\bnode:/u.test(script)) throw new Error('There is a Node built-in in the bundle.');
  const { client, server } = await timesInChromium();
  return {
    name: 'browser',
    figures: [
      {
        what: 'bundle, minified and gzipped',
        value: gzipSync(script, { level: 9 }).length / 1024,
        unit: 'KiB',
        atMost: MAX_KIB,
      },
      { what: 'handshake in Chromium, client', value: client, unit: 'ms', atMost: MAX_MS },
      { what: 'handshake in Chromium, server', value: server, unit: 'ms', atMost: MAX_MS },
    ],
  };
}
