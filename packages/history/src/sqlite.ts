import { createRequire } from 'node:module';
import { HistoryError } from './errors.js';
import type BetterSqlite3 from 'better-sqlite3';

/** The part of a prepared statement that this package uses. */
export interface Statement<Parameters extends unknown[], Row> {
  run(...parameters: Parameters): {
    readonly changes: number;
    readonly lastInsertRowid: number | bigint;
  };
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
  iterate(...parameters: Parameters): IterableIterator<Row>;
}

/** The part of a connection that this package uses. */
export interface Database {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare<Parameters extends unknown[], Row>(sql: string): Statement<Parameters, Row>;
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple?: boolean }): unknown;
  close(): unknown;
  /** What the fork adds to better-sqlite3: a key as bytes, which the caller can erase. */
  key(key: Buffer): unknown;
  rekey(key: Buffer): unknown;
}

interface OpenOptions {
  readonly?: boolean;
  /** How long to wait for a lock that another connection holds. */
  timeout?: number;
  /** Gets the text of each statement that runs. */
  verbose?: (sql?: unknown) => void;
}

export type Sqlite = new (path: string, options?: OpenOptions) => Database;

const MIN_NODE = [22, 18] as const;

/**
 * SQLite's native binding, loaded when it is first needed: on an older Node it would end the process
 * without a word.
 * @throws HistoryError `unsupported_node`
 */
export function loadSqlite(version = process.versions.node): Sqlite {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
    throw new HistoryError(
      'unsupported_node',
      `The history needs Node ${MIN_NODE.join('.')} or later; this is ${version}. Update Node.`,
    );
  }
  const require = createRequire(import.meta.url);
  // A fork of better-sqlite3, whose types it shares but for the keys.
  const binding = require('better-sqlite3-multiple-ciphers') as typeof BetterSqlite3;
  return binding as unknown as Sqlite;
}
