import { endProcess, isAlive } from './end-process.js';
import { DEFAULT_LIMITS } from './limits.js';
import { fetchReadiness } from './metrics-client.js';
import { identifyProcess, isSameProcess } from './process-identity.js';
import {
  listRecords,
  type ProcessRecord,
  readRecord,
  removeRecord,
  removeStrays,
} from './process-record.js';

/**
 * Ends what an earlier run left behind, by the records in `folder`, and says how many processes that were. A process
 * is ended only if it is the one that was recorded: start time and executable are the same or, where the platform does not
 * tell those, it answers at its metrics port by the connector id that it had. Never by name: the user may run tunnels of their own.
 */
export async function reapLeftovers(
  folder: string,
  graceMs: number = DEFAULT_LIMITS.orphanEndTimeoutMs,
): Promise<number> {
  let ended = 0;
  for (const file of await listRecords(folder)) {
    // Another start may be at the same.
    const record = await readRecord(file).catch(() => undefined);
    if (record !== undefined) {
      if (await isOwnerAlive(record)) continue;
      if (await isRecorded(record)) {
        await endProcess(record.pid, graceMs, () => isRecorded(record));
        ended += 1;
      }
    }
    await removeRecord(file);
  }
  await removeStrays(folder);
  return ended;
}

/** An owner whose identity cannot be compared counts as alive if anybody has its number. */
async function isOwnerAlive({ owner }: ProcessRecord): Promise<boolean> {
  if (!isAlive(owner.pid)) return false;
  const now = await identifyProcess(owner.pid);
  if (owner.identity === undefined) return true;
  return now === undefined ? isAlive(owner.pid) : isSameProcess(owner.identity, now);
}

async function isRecorded(record: ProcessRecord): Promise<boolean> {
  if (!isAlive(record.pid)) return false;
  const now = await identifyProcess(record.pid);
  if (record.identity !== undefined && now !== undefined) {
    return isSameProcess(record.identity, now);
  }
  if (record.connectorId === undefined) return false;
  const readiness = await fetchReadiness(record.metricsPort, record.connectorId);
  return readiness?.connectorId === record.connectorId;
}
