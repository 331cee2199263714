import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { copyInto } from './store-copy.js';
import type { Database } from './sqlite.js';

const SUFFIX = /^\.before-step-\d+$/;

/**
 * Puts an encrypted copy of a store beside it before its schema changes, named after the first step. It
 * replaces those of earlier changes, and stays until something is deleted from the store.
 */
export function backUpBeforeStep(database: Database, path: string, step: number): void {
  const older = migrationBackupsOf(path);
  const copy = `${path}.before-step-${step}`;
  copyInto(database, copy);
  for (const each of older) if (each !== copy) rmSync(each, { force: true });
}

/** The copies that are there, by path. */
export function migrationBackupsOf(path: string): string[] {
  const folder = dirname(path);
  const name = basename(path);
  return readdirSync(folder)
    .filter((each) => each.startsWith(name) && SUFFIX.test(each.slice(name.length)))
    .map((each) => join(folder, each));
}
