// The tools of node_modules/.bin, on every platform.
import { spawnSync } from 'node:child_process';

export interface ToolResult {
  readonly isOk: boolean;
  /** Empty where the output went to the terminal. */
  readonly stdout: string;
}

/** Runs a tool; its errors, and unless `isQuiet` its output, go to the terminal. */
export function runTool(
  command: string,
  args: readonly string[],
  options: { cwd?: string; isQuiet?: boolean; env?: NodeJS.ProcessEnv } = {},
): ToolResult {
  const { cwd = process.cwd(), isQuiet = false, env = process.env } = options;
  const { status, stdout } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', isQuiet ? 'pipe' : 'inherit', 'inherit'],
    // Tools are .cmd files on Windows, which only a shell can run; no argument here has a space or a quote in it.
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { isOk: status === 0, stdout: stdout ?? '' };
}
