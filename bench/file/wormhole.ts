// The magic-wormhole of this machine and a mailbox server for it, in a network of their own that has nothing but loopback:
// wormhole would offer every address of the machine otherwise.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const [UNSHARE, NSENTER] = ['/usr/bin/unshare', '/usr/bin/nsenter'];
const NEEDED = ['/usr/bin/wormhole', '/usr/bin/twist3', UNSHARE, NSENTER];
/** In a network of its own every port is free. */
const PORT = 4_000;

export interface Wormhole {
  copy(from: string, to: string): Promise<void>;
  end(): Promise<void>;
}

/** Undefined where it is not installed, with its mailbox server, or there may be no network of its own. */
export async function startWormhole(folder: string): Promise<Wormhole | undefined> {
  if (!NEEDED.every((path) => existsSync(path))) return undefined;
  const listen = `--port=tcp:${PORT}:interface=127.0.0.1 --channel-db='${join(folder, 'mailbox')}'`;
  const script = `ip link set lo up && exec twist3 wormhole-mailbox ${listen}`;
  const mailbox = spawn(UNSHARE, ['--map-root-user', '--net', 'sh', '-c', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(mailbox, 'exit').then(() => false);
  if (!(await Promise.race([exited, hasStarted(mailbox.stdout)]))) return undefined;
  const enter = ['--target', `${mailbox.pid}`, '--user', '--net', '--preserve-credentials'];
  const server = ['--relay-url', `ws://127.0.0.1:${PORT}/v1`, '--transit-helper', ''];
  const wormhole = async (...words: string[]): Promise<void> => {
    await run(NSENTER, [...enter, 'wormhole', ...server, ...words]);
  };
  let rounds = 0;
  return {
    copy: async (from, to) => {
      const code = `${(rounds += 1)}-bench-mark`;
      await Promise.all([
        wormhole('send', '--hide-progress', '--code', code, from),
        wormhole('receive', '--hide-progress', '--accept-file', '-o', to, code),
      ]);
    },
    end: async () => {
      mailbox.kill();
      await exited;
    },
  };
}

/** Resolves once the server says in its log that it listens. */
async function hasStarted(log: AsyncIterable<Buffer>): Promise<boolean> {
  for await (const piece of log) if (piece.includes('Starting reactor')) break;
  return true;
}
