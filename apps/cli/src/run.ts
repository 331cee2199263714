import type { Runtime } from './context.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { Interruption } from './interruption.js';
import { buildProgram } from './program.js';
import { describeError, writeError } from './report-error.js';
import type { Terminal } from './terminal/terminal.js';

/** The whole program: reads the command line, runs one command, cleans up, and ends the process. */
export async function main(): Promise<void> {
  const { GRAVY_PASSWORD: password, ...env } = process.env;
  // What is not in the environment cannot be inherited, whatever is started from here on.
  delete process.env['GRAVY_PASSWORD'];
  const terminal: Terminal = {
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  };
  const interruption = new Interruption();
  interruption.listenToSignals();
  // Nobody reads the output any more, as in `gravy history show ben | head`.
  for (const stream of [terminal.output, terminal.errors]) {
    stream.on('error', () => interruption.trigger());
  }
  const runtime: Runtime = {
    terminal,
    env,
    password: password === '' ? undefined : password,
    interruption,
    cleanups: [],
  };
  const exitCode = await run(process.argv.slice(2), runtime);
  await Promise.all([terminal.output, terminal.errors].map(flush));
  process.exit(exitCode);
}

/** Runs one command line to its end; answers with the exit code and never throws. */
export async function run(words: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const wantsJson = words.includes('--json');
  let exitCode: ExitCode = EXIT_CODES.done;
  try {
    const program = await buildProgram(runtime, words);
    await runtime.interruption.race(program.parseAsync(words, { from: 'user' }));
  } catch (error) {
    exitCode = report(error, runtime, wantsJson);
  }
  for (const cleanup of runtime.cleanups.toReversed()) {
    try {
      await cleanup();
    } catch (error) {
      const code = report(error, runtime, wantsJson);
      if (exitCode === EXIT_CODES.done) exitCode = code;
    }
  }
  return exitCode;
}

function report(error: unknown, { terminal }: Runtime, wantsJson: boolean): ExitCode {
  const described = describeError(error);
  writeError(described, terminal.errors, wantsJson);
  return described.exitCode;
}

function flush(stream: Terminal['output']): Promise<void> {
  return new Promise((resolve) => {
    if (!stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
