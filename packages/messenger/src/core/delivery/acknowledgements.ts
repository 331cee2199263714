import { encodeAck, MAX_ACK_IDS } from '../../application/messages.js';
import { KIND_ACK } from '../../application/kinds.js';
import { CLOSE_CODE } from '../ports/network.js';
import type { Session } from '../sessions/session-registry.js';

/** More than anybody's backlog: a peer that has so much to read and reads nothing is sending without end. */
export const MAX_UNSENT_IDS = 32_768;

/**
 * Collects the ids of one transaction, whose promises all resolve in one turn, into as few ACKs as fit: Spec 8.4. Those of a
 * session whose connection is full wait for the ACK before them; when they are too many, the session ends, and its texts are
 * acknowledged as they are repeated on the next.
 */
export class Acknowledgements {
  readonly #bySession = new WeakMap<Session, Uint8Array[]>();

  add(session: Session, id: Uint8Array): void {
    const waiting = this.#bySession.get(session);
    if (waiting === undefined) {
      const ids = [id];
      this.#bySession.set(session, ids);
      queueMicrotask(() => void this.#send(session, ids));
    } else if (waiting.length < MAX_UNSENT_IDS) {
      waiting.push(id);
    } else {
      void session.channel.close(CLOSE_CODE.shutdown);
    }
  }

  async #send(session: Session, waiting: Uint8Array[]): Promise<void> {
    try {
      while (waiting.length > 0) {
        const ids = waiting.splice(0, MAX_ACK_IDS);
        await session.channel.send(KIND_ACK, encodeAck({ ids, state: 'delivered' }));
      }
    } catch {
      // A session that has ended takes no ACK; the peer repeats the texts on the next one.
    }
    this.#bySession.delete(session);
  }
}
