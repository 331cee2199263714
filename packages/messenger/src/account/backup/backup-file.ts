// A backup of an account: one line of JSON, then the encrypted history as it is.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { MessengerError } from '../../errors.js';

const MAX_HEADER_BYTES = 65_536;

const headerSchema = z.object({
  format: z.literal('gravy backup'),
  version: z.int(),
  /** Of the account. */
  name: z.string().min(1).max(256),
  /** The key file, locked by the backup's own password. The history opens by the key in it. */
  identity: z.string(),
  history: z.strictObject({
    bytes: z.int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  }),
});

export interface BackupHeader {
  readonly name: string;
  readonly identity: string;
  /** Where the history begins in the file. */
  readonly historyStart: number;
  readonly historyBytes: number;
  readonly historySha256: string;
}

/** Writes header and history, one after the other. */
export async function writeBackup(
  file: FileHandle,
  backup: { name: string; identity: string; historyPath: string },
): Promise<void> {
  const { name, identity, historyPath } = backup;
  const { size: bytes } = await stat(historyPath);
  const history = { bytes, sha256: await sha256Of(historyPath) };
  const header = { format: 'gravy backup', version: 1, name, identity, history };
  await file.appendFile(`${JSON.stringify(header)}\n`);
  for await (const piece of createReadStream(historyPath)) await file.appendFile(piece as Buffer);
}

/** @throws MessengerError `no_such_file`, `invalid_backup` */
export async function readBackupHeader(path: string): Promise<BackupHeader> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new MessengerError(
      'no_such_file',
      'There is no such file, or it may not be read. Check the path.',
      { cause },
    );
  });
  try {
    const buffer = Buffer.alloc(MAX_HEADER_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const end = buffer.subarray(0, bytesRead).indexOf('\n');
    const header = headerSchema.safeParse(parse(buffer.toString('utf8', 0, Math.max(0, end))));
    if (end < 0 || !header.success) throw invalid('This is no backup of an account.');
    const { version, name, identity, history } = header.data;
    if (version !== 1) throw invalid('A newer version of Gravy wrote this backup. Update Gravy.');
    const historyStart = end + 1;
    if ((await file.stat()).size !== historyStart + history.bytes) throw damaged();
    return {
      name,
      identity,
      historyStart,
      historyBytes: history.bytes,
      historySha256: history.sha256,
    };
  } finally {
    await file.close();
  }
}

/** Copies the history out of a backup. @throws MessengerError `invalid_backup` if it is not what was written */
export async function extractHistory(
  backup: { path: string; header: BackupHeader },
  target: string,
): Promise<void> {
  const { historyStart: start, historySha256 } = backup.header;
  await pipeline(
    createReadStream(backup.path, { start }),
    createWriteStream(target, { flags: 'wx', mode: 0o600 }),
  );
  if ((await sha256Of(target)) !== historySha256) throw damaged();
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function damaged(): MessengerError {
  return invalid('This backup is damaged: it is not what was written. Try another copy of it.');
}

function invalid(message: string): MessengerError {
  return new MessengerError('invalid_backup', message);
}
