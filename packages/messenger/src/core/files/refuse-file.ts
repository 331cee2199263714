import { encodeFileCancel } from '../../application/file-bodies.js';
import { KIND_FILE_CANCEL } from '../../application/kinds.js';
import type { Session } from '../sessions/session-registry.js';

/** Says that there is nothing to be had, or to be sent. Never rejects: who does not hear it asks again. */
export async function refuseFile(
  { channel }: Session,
  id: Uint8Array,
  reason: string,
): Promise<void> {
  const body = encodeFileCancel({ id, reason });
  await channel.send(KIND_FILE_CANCEL, body).catch(() => undefined);
}
