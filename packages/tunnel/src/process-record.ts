import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_RECORD_BYTES, MAX_RECORDS, STRAY_AGE_MS } from './limits.js';
import type { ProcessIdentity } from './process-identity.js';

/** What is written down about a started cloudflared, so that a later start can end it if nobody else did. */
export interface ProcessRecord {
  readonly pid: number;
  /** Missing if the platform would not say. */
  readonly identity: ProcessIdentity | undefined;
  readonly metricsPort: number;
  /** What cloudflared calls itself at its metrics port, once it is known. */
  readonly connectorId: string | undefined;
  /** Who started it. As long as that process lives, this one is its business. */
  readonly owner: { readonly pid: number; readonly identity: ProcessIdentity | undefined };
}

const STRAY_NAME = /^cloudflared-[0-9a-f-]{36}\.(?:yml|json\.tmp)$/u;
const RECORD_NAME = /^cloudflared-[0-9a-f-]{36}\.json$/u;

/** A new pair of names in the folder: for the record, and for the configuration that goes with it. */
export function recordFiles(folder: string): { recordFile: string; configFile: string } {
  const stem = join(folder, `cloudflared-${randomUUID()}`);
  return { recordFile: `${stem}.json`, configFile: configFileOf(`${stem}.json`) };
}

function configFileOf(recordFile: string): string {
  return recordFile.replace(/json$/u, 'yml');
}

/** Written whole or not at all. */
export async function writeRecord(file: string, record: ProcessRecord): Promise<void> {
  const temporary = `${file}.tmp`;
  await writeFile(temporary, JSON.stringify(record), { mode: 0o600 });
  await rename(temporary, file);
}

export async function removeRecord(file: string): Promise<void> {
  await Promise.all(
    [file, `${file}.tmp`, configFileOf(file)].map((name) => rm(name, { force: true })),
  );
}

/** The files that may be records; none if there is no folder. */
export async function listRecords(folder: string): Promise<string[]> {
  return (await listNames(folder))
    .filter((name) => RECORD_NAME.test(name))
    .slice(0, MAX_RECORDS)
    .map((name) => join(folder, name));
}

/** Removes configurations and half-written records of starts that were killed before they had a record. */
export async function removeStrays(folder: string): Promise<void> {
  const names = await listNames(folder);
  for (const name of names.filter((each) => STRAY_NAME.test(each)).slice(0, MAX_RECORDS)) {
    if (names.includes(name.replace(/\.(?:yml|json\.tmp)$/u, '.json'))) continue;
    const file = join(folder, name);
    // Another start may be at the same.
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > STRAY_AGE_MS)
      await rm(file, { force: true });
  }
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A record that makes sense, or undefined: a pid out of a damaged file would be somebody else's. */
export async function readRecord(file: string): Promise<ProcessRecord | undefined> {
  if ((await stat(file)).size > MAX_RECORD_BYTES) return undefined;
  const handle = await open(file);
  try {
    return parseRecord(await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}

export function parseRecord(text: string): ProcessRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isPid(value['pid']) || !isPort(value['metricsPort'])) return undefined;
  const owner = value['owner'];
  if (!isObject(owner) || !isPid(owner['pid'])) return undefined;
  const connectorId = value['connectorId'];
  return {
    pid: value['pid'],
    metricsPort: value['metricsPort'],
    identity: readIdentity(value['identity']),
    connectorId: typeof connectorId === 'string' ? connectorId : undefined,
    owner: { pid: owner['pid'], identity: readIdentity(owner['identity']) },
  };
}

function readIdentity(value: unknown): ProcessIdentity | undefined {
  if (!isObject(value)) return undefined;
  const { startedAt, executable } = value;
  return typeof startedAt === 'string' && typeof executable === 'string'
    ? { startedAt, executable }
    : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** 0 and negative numbers mean groups of processes, 1 the system. */
function isPid(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value > 1;
}

function isPort(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value > 0 && value < 65_536;
}
