import { createRequire } from 'node:module';
import { HistoryError } from './errors.js';
import type BetterSqlite3 from 'better-sqlite3';

export type Database = BetterSqlite3.Database;
export type Statement<Parameters extends unknown[], Row> = BetterSqlite3.Statement<Parameters, Row>;

const MIN_NODE = [22, 18] as const;

/**
 * SQLite's native binding, loaded when it is first needed: on an older Node it would end the process
 * without a word.
 * @throws HistoryError `unsupported_node`
 */
export function loadSqlite(version = process.versions.node): typeof BetterSqlite3 {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
    throw new HistoryError(
      'unsupported_node',
      `The history needs Node ${MIN_NODE.join('.')} or later; this is ${version}. Update Node.`,
    );
  }
  const require = createRequire(import.meta.url);
  // A fork of better-sqlite3 with the same interface.
  return require('better-sqlite3-multiple-ciphers') as typeof BetterSqlite3;
}
