import type { Database, Statement } from './sqlite.js';

type Row = Readonly<Record<string, unknown>>;

/** Where a table ends may be unknown. Then so many places after the last row that reads are tried. */
const MAX_MISSED = 20_000;

/** A table of a damaged store, and what of it could be read. */
export interface ReadableTable {
  readonly name: string;
  /** Rows that were read. */
  rows: number;
  /** False if something is missing, as far as that can be known. */
  isComplete: boolean;
}

/**
 * Reads what still reads of a table whose rows have numbers: where a page is damaged, it goes on with
 * the first row after it.
 */
export function* readNumbered(database: Database, table: ReadableTable): Generator<Row> {
  const select = `SELECT rowid AS "rowid", * FROM ${table.name}`;
  const from = database.prepare<[number], Row>(`${select} WHERE rowid >= ? ORDER BY rowid`);
  const last = lastNumber(database, table.name);
  let next = 1;
  let missed = 0;
  while (last === undefined ? missed < MAX_MISSED : next <= last) {
    try {
      for (const { rowid, ...row } of from.iterate(next)) {
        next = Number(rowid) + 1;
        missed = 0;
        table.rows += 1;
        yield row;
      }
      return;
    } catch {
      table.isComplete = false;
      next += 1;
      missed += 1;
    }
  }
}

/** Reads a table in its own order, up to the first damaged page. */
export function* readUnnumbered(database: Database, table: ReadableTable): Generator<Row> {
  const all: Statement<[], Row> = database.prepare(`SELECT * FROM ${table.name}`);
  try {
    for (const row of all.iterate()) {
      table.rows += 1;
      yield row;
    }
  } catch {
    table.isComplete = false;
  }
}

/** The end of a table may be what is damaged; what counts its numbers knows as well. */
function lastNumber(database: Database, table: string): number | undefined {
  const questions = [
    `SELECT seq AS last FROM sqlite_sequence WHERE name = '${table}'`,
    `SELECT max(rowid) AS last FROM ${table}`,
  ];
  for (const question of questions) {
    try {
      const last = database.prepare<[], { last: number | null }>(question).get()?.last;
      if (typeof last === 'number') return last;
    } catch {
      // Then the other one says it, or the end is found by trying.
    }
  }
  return undefined;
}
