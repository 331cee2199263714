// What the figures were measured on, and against which versions.
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly openssl: string;
  /** Mean number of busy processes in the last minute, ours among them; far above one, others were at work. */
  readonly load: number;
  /** Version by name of the package. */
  readonly peers: Readonly<Record<string, string>>;
}

const PEERS: readonly string[] = [
  '@signalapp/libsignal-client',
  '@chainsafe/libp2p-noise',
  'sodium-native',
  'better-sqlite3',
  'ws',
  '@sparticuz/chromium',
  'playwright-core',
  'esbuild',
];

function versionOf(name: string): string {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
    node: process.version,
    openssl: process.versions.openssl,
    load: loadavg()[0] ?? Number.NaN,
    peers: Object.fromEntries(PEERS.map((name) => [name, versionOf(name)])),
  };
}
