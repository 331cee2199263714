import type { Context } from './context.js';
import { escapeJson } from './terminal/escape.js';

/** What a command found: a value for programs, lines for people. The lines are escaped already. */
export interface Outcome {
  readonly value: unknown;
  readonly lines: readonly string[];
}

/** The one place where results are written: with --json one JSON value, and nothing else. */
export function writeOutcome({ terminal, options }: Context, { value, lines }: Outcome): void {
  if (options.json === true) terminal.output.write(`${escapeJson(value)}\n`);
  else if (lines.length > 0) terminal.output.write(`${lines.join('\n')}\n`);
}

/** Progress and advice for a person, on standard error; programs that asked for JSON get none. */
export function writeAside({ terminal, options }: Context, lines: readonly string[]): void {
  if (options.json !== true) terminal.errors.write(`${lines.join('\n')}\n`);
}
