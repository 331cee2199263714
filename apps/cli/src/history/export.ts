import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openAccount } from '../account/open-account.js';
import type { Context } from '../context.js';
import { type Outcome, writeOutcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';

type Format = 'json' | 'text' | 'html';

/** Writes a conversation to a new file, or to standard output, where it is all that is written. */
export async function exportHistory(
  context: Context,
  contact: string,
  file: string | undefined,
  options: { format: Format },
): Promise<void> {
  const { gravy } = await openAccount(context);
  const { format } = options;
  if (file !== undefined) {
    const path = resolve(file);
    await gravy.call('history.export', { contact, format, path });
    const outcome: Outcome = { value: { path }, lines: [`Written to ${escapeLine(path)}.`] };
    writeOutcome(context, outcome);
    return;
  }
  // The process that has the account open may be another one: it writes a file, in a folder of this user alone.
  const folder = await mkdtemp(join(tmpdir(), 'gravy-export-'));
  try {
    const path = join(folder, `conversation.${format}`);
    await gravy.call('history.export', { contact, format, path });
    await copyTo(context, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyTo({ terminal }: Context, path: string): Promise<void> {
  for await (const piece of createReadStream(path, 'utf8')) {
    await new Promise<void>((written) => {
      terminal.output.write(String(piece), () => written());
    });
  }
}
