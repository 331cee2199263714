import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { IDENTITY_TIMEOUT_MS } from './limits.js';

/** Tells a process from another one that got the same number later. */
export interface ProcessIdentity {
  /** In the platform's own terms; only good for comparing. */
  readonly startedAt: string;
  /** The file it runs, as the platform names it. */
  readonly executable: string;
}

const run = promisify(execFile);

/**
 * Who a process is, or undefined if there is none of this number, or it cannot be found out. Linux is what
 * the tests run on; macOS and Windows are asked by `ps` and PowerShell.
 */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    if (process.platform === 'linux') return await identifyByProc(pid);
    if (process.platform === 'win32') {
      return parsePowerShell(await output('powershell.exe', powerShellArguments(pid)));
    }
    return await identifyByPs(pid);
  } catch {
    // Gone, not ours to look at, or a platform without these means: all the same to who asks.
    return undefined;
  }
}

export function isSameProcess(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.startedAt === other.startedAt && one.executable === other.executable;
}

async function identifyByProc(pid: number): Promise<ProcessIdentity | undefined> {
  const [stat, link, boot] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'latin1'),
    readlink(`/proc/${pid}/exe`),
    // Ticks count from the boot: after the next one the same number means another moment.
    readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => ''),
  ]);
  const startedAt = startTicks(stat);
  if (startedAt === undefined) return undefined;
  // Replaced on disk, as by an update, it is still the same process.
  return {
    startedAt: `${boot.trim()}/${startedAt}`,
    executable: link.replace(/ \(deleted\)$/u, ''),
  };
}

/** macOS. One option each: what follows the first `=` in an option is all taken for a heading. */
export async function identifyByPs(pid: number): Promise<ProcessIdentity | undefined> {
  return parsePs(await output('ps', ['-o', 'lstart=', '-o', 'comm=', '-p', String(pid)]));
}

/** Field 22 of /proc/PID/stat, or undefined for a process that has ended and waits to be collected. */
export function startTicks(stat: string): string | undefined {
  // The second field is the name in parentheses, in which anything may stand.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : rest[18];
}

/** `Tue Nov 25 22:16:01 2025 /opt/homebrew/bin/cloudflared` */
export function parsePs(text: string): ProcessIdentity | undefined {
  const match = /^\s*(\w{3}\s+\w{3}\s+\d+\s+[\d:]+\s+\d{4})\s+(\S.*?)\s*$/u.exec(text);
  const [, startedAt, executable] = match ?? [];
  if (startedAt === undefined || executable === undefined) return undefined;
  return { startedAt: startedAt.replaceAll(/\s+/gu, ' '), executable };
}

/** `638681517612345678|C:\Program Files\cloudflared\cloudflared.exe` */
export function parsePowerShell(text: string): ProcessIdentity | undefined {
  const [, startedAt, executable] = /^(\d+)\|(.+?)\s*$/u.exec(text) ?? [];
  return startedAt === undefined || executable === undefined
    ? undefined
    : { startedAt, executable };
}

function powerShellArguments(pid: number): string[] {
  const script = `$p = Get-Process -Id ${pid} -ErrorAction Stop; "$($p.StartTime.ToUniversalTime().Ticks)|$($p.Path)"`;
  return ['-NoProfile', '-NonInteractive', '-Command', script];
}

async function output(command: string, options: string[]): Promise<string> {
  const { stdout } = await run(command, options, {
    timeout: IDENTITY_TIMEOUT_MS,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout;
}
