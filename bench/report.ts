import { mkdirSync, writeFileSync } from 'node:fs';
import { describeMachine } from './machine.ts';
import { speedByProcessor, speedOver, spreadOf, type Timing } from './rounds.ts';

/** What we mean to reach: at least, or at most, this. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One figure, and whether it is what we want. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The middle half of the samples, where there are several. */
  readonly range?: readonly [number, number];
  /** The same by processors' work instead of by the clock. */
  readonly byProcessor?: number;
  /** None if the figure is for comparison only. */
  readonly goal?: Goal;
}

export interface Report {
  readonly name: string;
  readonly figures: readonly Figure[];
}

export function timeFigure(what: string, timing: Timing, unit: 'us' | 'ms'): Figure {
  const scale = unit === 'ms' ? 1000 : 1;
  const { low, median, high } = spreadOf(timing.samples.map((sample) => sample / scale));
  const byProcessor = spreadOf(timing.processorSamples).median / scale;
  return { what, value: median, unit, range: [low, high], byProcessor };
}

/** How many times as fast `one` is as `other`; the goal counts by the clock. */
export function speedFigure(what: string, one: Timing, other: Timing, goal?: Goal): Figure {
  const { low, median, high } = speedOver(one, other);
  const byProcessor = speedByProcessor(one, other);
  const figure = { what, value: median, unit: 'times as fast', byProcessor };
  return { ...figure, range: [low, high], ...(goal ? { goal } : {}) };
}

function isMet(value: number, goal: Goal): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

const textOf = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

function rowOf({ what, value, unit, range, byProcessor, goal }: Figure): readonly string[] {
  return [
    what,
    `${textOf(value)} ${unit}`,
    range ? `${textOf(range[0])} to ${textOf(range[1])}` : '',
    byProcessor === undefined ? '' : textOf(byProcessor),
    goal ? ('atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`) : '',
    goal ? (isMet(value, goal) ? 'met' : 'missed') : '',
  ];
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map(lineOf).join('\n');
}

/** Prints the figures, and writes them with what the machine is to `results/<name>.json`. */
export function publish({ name, figures }: Report): void {
  const rows = [[name, 'figure', 'middle half', 'CPU', 'goal', ''], ...figures.map(rowOf)];
  process.stdout.write(`\n${tableOf(rows)}\n`);
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const verdicts = figures.map((figure) => ({
    ...figure,
    ...(figure.goal ? { isMet: isMet(figure.value, figure.goal) } : {}),
  }));
  const at = new Date().toISOString();
  const content = { name, at, machine: describeMachine(), figures: verdicts };
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(content, undefined, 2)}\n`);
}
