import type { GravyEvent } from '../../../src/api/events.js';
import type { StoredMessage } from '../../../src/core/ports/store.js';

const RANK: Readonly<Record<StoredMessage['state'], number>> = {
  queued: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  failed: 4,
  cancelled: 4,
};

/** What one person was promised and told, over all lives of their program. */
export class Ledger {
  /** Ids of texts that the person was told are stored. */
  readonly promised = new Set<string>();
  /** Ids of texts that the person was told are taken back. */
  readonly cancelled = new Set<string>();
  /** Ids of texts of theirs that the other side has, as they were told. */
  readonly delivered = new Set<string>();
  /** What must not be. */
  readonly faults: string[] = [];
  readonly #rank = new Map<string, number>();
  readonly #received = new Set<string>();

  hear({ method, params }: GravyEvent): void {
    if (method === 'message.received') {
      const { id } = params.message;
      if (this.#received.has(id)) this.faults.push('a text was told twice');
      this.#received.add(id);
    }
    if (method !== 'message.state') return;
    const { id, state } = params;
    if (RANK[state] <= (this.#rank.get(id) ?? 0)) this.faults.push(`a text went back to ${state}`);
    this.#rank.set(id, RANK[state]);
    if (state === 'delivered' || state === 'read') this.delivered.add(id);
  }
}
