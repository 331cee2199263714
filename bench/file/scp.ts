// The sshd and scp of this machine, on loopback, with keys that live as long as the benchmark.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SSHD = '/usr/sbin/sshd';
const CIPHER = 'chacha20-poly1305@openssh.com';

export interface Scp {
  copy(from: string, to: string): Promise<void>;
  end(): Promise<void>;
}

/** Undefined where there is no sshd. */
export async function startScp(folder: string): Promise<Scp | undefined> {
  if (!existsSync(SSHD)) return undefined;
  const [hostKey, key] = [join(folder, 'host-key'), join(folder, 'key')];
  for (const path of [hostKey, key]) {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  }
  const port = await freePort();
  const config = join(folder, 'sshd-config');
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${key}.pub`,
    `PidFile ${join(folder, 'sshd.pid')}`,
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'StrictModes no',
    'UsePAM no',
    'Subsystem sftp internal-sftp',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: 'ignore' });
  await listening(port);
  const options = ['-F', '/dev/null', '-c', CIPHER, '-P', String(port), '-i', key, '-q'];
  const trust = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'];
  return {
    copy: async (from, to) => {
      await run('scp', [...options, ...trust, from, `${userInfo().username}@127.0.0.1:${to}`]);
    },
    end: async () => {
      const exited = once(server, 'exit');
      server.kill();
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await new Promise<boolean>((resolve) => {
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    });
    socket.destroy();
    if (isThere) return;
  }
}
