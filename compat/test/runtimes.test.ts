// The package as built, in other runtimes: as a program of theirs, with a peer in this process.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { messagePortDuplex, type MessagePortLike } from '@gravy/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../scenario/talk.ts';
import { ALONE, CLOSED_BY_PEER, CLOSED_BY_US, startPeer, type Peer } from './peer.ts';

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
}

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
  },
  {
    name: 'Node 22',
    binary: pathOf(
      `../node_modules/node-${process.platform === 'win32' ? 'win' : process.platform}-x64/bin/node${exe}`,
    ),
    options: ['--disable-warning=ExperimentalWarning', dial],
    version: /^v22\./u,
  },
  {
    name: 'Deno',
    binary: pathOf(`../node_modules/@deno/${DENO[platform] ?? 'none'}/deno${exe}`),
    options: ['run', '--allow-all', '--no-lock', dial],
    version: /^deno 2\./u,
  },
  {
    name: 'Bun',
    binary: pathOf(`../node_modules/@oven/${BUN[platform] ?? 'none'}/bin/bun${exe}`),
    options: ['run', dial],
    version: /^1\./u,
  },
];

let peer: Peer;
beforeAll(async () => {
  peer = await startPeer();
});
afterAll(() => peer.close());

describe.each(runtimes)('$name', ({ name, binary, options, version }) => {
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
      const { stdout, stderr } = await run(binary, [...options, peer.url], { timeout: 50_000 });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({ ...ALONE, end: CLOSED_BY_US });
      expect(await peer.ends.at(-1)).toBe(CLOSED_BY_PEER);
    },
  );
});

test('a thread of Node is a peer over its port', async () => {
  const worker = new Worker(new URL('../scenario/node-worker.ts', import.meta.url));
  try {
    const port: MessagePortLike = {
      postMessage: (message, transfer) => worker.postMessage(message, transfer),
      addEventListener: (type, listener) => {
        if (type === 'message') worker.on('message', (data: unknown) => listener({ data }));
        else worker.on('exit', () => listener({}));
      },
    };
    expect(await call(messagePortDuplex(port))).toBe(CLOSED_BY_US);
  } finally {
    await worker.terminate();
  }
});
