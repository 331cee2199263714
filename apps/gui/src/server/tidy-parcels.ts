import { dirname } from 'node:path';
import type { FileState, GravyClient } from '@gravy/messenger';
import type { Parcels } from './parcels.js';

/** Nobody comes back for what was not touched, and not sent, for this long. */
export const FORGOTTEN_MS = 10 * 60_000;
const MAX_LISTED = 500;
const UNFINISHED: ReadonlySet<FileState> = new Set(['offered', 'transferring', 'paused']);

type Client = Pick<GravyClient, 'call'>;

/**
 * Removes what is there for no account: uploads that broke off with the process, exports nobody
 * fetched. Only after a while, since another process over the same folder may be at work on them.
 */
export async function removeForgotten(parcels: Parcels, gravy: Client, now: number): Promise<void> {
  const accounts = new Set((await gravy.call('account.list', {})).map(({ id }) => id));
  for (const { folder, account, changedAt } of await parcels.list()) {
    const isWanted = account !== undefined && accounts.has(account);
    if (!isWanted && now - changedAt >= FORGOTTEN_MS) await parcels.discard(`${folder}/file`);
  }
}

/** Removes what the open account has sent, or will never send. What of others may be needed stays. */
export async function removeFinished(
  parcels: Parcels,
  gravy: Client,
  now = Date.now(),
): Promise<void> {
  const { id } = await gravy.call('account.show', {});
  const kept = (await parcels.list()).filter(({ account }) => account === id);
  if (kept.length === 0) return;
  const contacts = await gravy.call('contact.list', {});
  const lists = await Promise.all(
    contacts.map((contact) => gravy.call('file.list', { contact: contact.id, limit: MAX_LISTED })),
  );
  const isComplete = lists.every((list) => list.length < MAX_LISTED);
  const sent = lists.flat().filter(({ direction }) => direction === 'out');
  for (const { folder, changedAt } of kept) {
    const files = sent.filter(({ path }) => path !== undefined && dirname(path) === folder);
    // What is not known may be about to be sent, or be older than what was listed.
    const isNeeded =
      files.length === 0
        ? !isComplete || now - changedAt < FORGOTTEN_MS
        : files.some(({ state }) => UNFINISHED.has(state));
    if (!isNeeded) await parcels.discard(`${folder}/file`);
  }
}
