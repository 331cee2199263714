import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

/** One figure, and whether it is what we want. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** At least, or at most, this; none if the figure is for comparison only. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Report {
  readonly name: string;
  readonly figures: readonly Figure[];
}

function machine(): Readonly<Record<string, string | number>> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
    node: process.version,
    openssl: process.versions.openssl,
  };
}

function verdictOf({ value, atLeast, atMost }: Figure): string {
  if (atLeast === undefined && atMost === undefined) return '';
  const isMet = value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
  return isMet ? 'met' : 'MISSED';
}

function rowOf(figure: Figure): readonly string[] {
  const { what, value, unit, atLeast, atMost } = figure;
  const goals = [atLeast && `at least ${atLeast}`, atMost && `at most ${atMost}`];
  const text = value >= 100 ? value.toFixed(0) : value.toFixed(2);
  return [what, `${text} ${unit}`, goals.filter(Boolean).join(', '), verdictOf(figure)];
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Prints the figures, and writes them with what the machine is to `results/<name>.json`. */
export function publish({ name, figures }: Report): void {
  const rows = [[name, 'measured', 'goal', ''], ...figures.map(rowOf)];
  process.stdout.write(`\n${tableOf(rows)}\n`);
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const content = { name, at: new Date().toISOString(), machine: machine(), figures };
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(content, undefined, 2)}\n`);
}
