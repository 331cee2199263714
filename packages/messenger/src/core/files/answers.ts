// What is said about files that are over: Spec 8.5.
import { encodeFileCancel, encodeFileDone } from '../../application/file-bodies.js';
import { KIND_FILE_CANCEL, KIND_FILE_DONE } from '../../application/kinds.js';
import type { FileState } from '../ports/transfer-store.js';
import type { Session } from '../sessions/session-registry.js';
import { MAX_UNSENT_ANSWERS } from './limits.js';
import { PerSession } from './per-session.js';

const unsent = new PerSession(() => ({ count: 0 }));

/** The person has ended it. Resolves when that is on its way; never rejects. */
export async function cancelFile(
  { channel }: Session,
  id: Uint8Array,
  reason: string,
): Promise<void> {
  const body = encodeFileCancel({ id, reason });
  await channel.send(KIND_FILE_CANCEL, body).catch(() => undefined);
}

/** There is nothing to be had, or to be sent. Resolves when that is on its way; never rejects. */
export function refuseFile(session: Session, id: Uint8Array, reason: string): Promise<void> {
  return answer(session, KIND_FILE_CANCEL, encodeFileCancel({ id, reason }));
}

/** Says how a file has ended. Resolves when that is on its way; never rejects. */
export function sayEnd(
  session: Session,
  id: Uint8Array,
  { state, reason }: { state: FileState; reason?: string | undefined },
): Promise<void> {
  if (state !== 'done') return refuseFile(session, id, reason ?? `It was ${state}.`);
  return answer(session, KIND_FILE_DONE, encodeFileDone(id));
}

/**
 * To something that the peer has sent. Who asks on and on, and reads nothing, is not answered without end: what is left out here
 * is heard by who asks again in the next session.
 */
async function answer(session: Session, kind: number, body: Uint8Array): Promise<void> {
  const waiting = unsent.of(session);
  if (waiting.count >= MAX_UNSENT_ANSWERS) return;
  waiting.count += 1;
  await session.channel.send(kind, body).catch(() => undefined);
  waiting.count -= 1;
}
