import { encodeAck, MAX_ACK_IDS } from '../../application/messages.js';
import { KIND_ACK } from '../../application/kinds.js';
import type { Session } from '../sessions/session-registry.js';

/** Collects the ids of one transaction, whose promises all resolve in one turn, into as few ACKs as fit. */
export class Acknowledgements {
  readonly #bySession = new WeakMap<Session, Uint8Array[]>();

  add(session: Session, id: Uint8Array): void {
    const waiting = this.#bySession.get(session);
    if (waiting !== undefined) {
      waiting.push(id);
      return;
    }
    const ids = [id];
    this.#bySession.set(session, ids);
    queueMicrotask(() => {
      this.#bySession.delete(session);
      send(session, ids);
    });
  }
}

function send(session: Session, ids: readonly Uint8Array[]): void {
  for (let start = 0; start < ids.length; start += MAX_ACK_IDS) {
    const body = encodeAck({ ids: ids.slice(start, start + MAX_ACK_IDS), state: 'delivered' });
    // A session that has ended takes no ACK; the peer repeats the text on the next one.
    session.channel.send(KIND_ACK, body).catch(() => undefined);
  }
}
