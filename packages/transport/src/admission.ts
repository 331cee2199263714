// Spec 6: unauthenticated connections, counted from TCP accept.
import { limitGroup } from './limit-group.js';
import { ARRIVALS_SHARE } from './limits.js';

/** One connection that is not authenticated yet. */
export interface Candidate {
  /** As the socket reports it. */
  readonly address: string;
  /** Cuts the connection. */
  readonly drop: () => void;
}

/**
 *     arrived --whole request on the path--> upgraded --valid first message--> plausible
 *        `-----------`--------------------------`-- displaced, refused, gone
 */
type Stage = 'arrived' | 'upgraded' | 'plausible';

interface Place {
  stage: Stage;
  /** What counts together under the limit per address; undefined without such a limit. */
  group: string | undefined;
}

/**
 * Keeps the number of unauthenticated connections within its limits. A newcomer beyond the limit in all
 * displaces one that has not shown a valid first message, else the oldest.
 *
 * Among those without a valid first message the ones that have not even sent their request go first, the
 * oldest of them, as long as they hold more than a quarter of the places: to get past the request one
 * must know the path, so a flood of strangers displaces itself and not a guest who is one round trip away
 * from its first message. Arrivals keep that quarter, so that a guest has time to send its request while
 * others hold all the rest.
 */
export class Admission {
  readonly #maxInAll: number;
  readonly #maxPerAddress: number;
  readonly #isExempt: (address: string) => boolean;
  /** In order of arrival. */
  readonly #places = new Map<Candidate, Place>();

  constructor(options: {
    maxInAll: number;
    maxPerAddress: number;
    /** Addresses of sockets without a limit of their own. */
    isExempt: (address: string) => boolean;
  }) {
    this.#maxInAll = options.maxInAll;
    this.#maxPerAddress = options.maxPerAddress;
    this.#isExempt = options.isExempt;
  }

  get count(): number {
    return this.#places.size;
  }

  /** False if the candidate's address has too many already: it was dropped. */
  enter(candidate: Candidate): boolean {
    const isExempt = this.#isExempt(candidate.address);
    const group = isExempt ? undefined : limitGroup(candidate.address);
    if (this.#isFull(group)) {
      candidate.drop();
      return false;
    }
    if (this.#places.size >= this.#maxInAll) this.#displaceOne();
    this.#places.set(candidate, { stage: 'arrived', group });
    return true;
  }

  /**
   * The candidate has sent a whole request on the right path; `reportedAddress` is where a tunnel says it
   * comes from, and counts like any other address, whatever it is. False if the candidate has no place
   * any more, or that address has too many already: it was dropped.
   */
  upgrade(candidate: Candidate, reportedAddress?: string): boolean {
    const place = this.#places.get(candidate);
    if (place === undefined) return false;
    if (reportedAddress !== undefined) {
      const group = limitGroup(reportedAddress);
      if (this.#isFull(group)) {
        this.#places.delete(candidate);
        candidate.drop();
        return false;
      }
      place.group = group;
    }
    place.stage = 'upgraded';
    return true;
  }

  /** What the candidate counts with under the limit per address; undefined without such a limit. */
  groupOf(candidate: Candidate): string | undefined {
    return this.#places.get(candidate)?.group;
  }

  /** The candidate has sent a first message that shows that it knows whom it is calling. */
  markPlausible(candidate: Candidate): void {
    const place = this.#places.get(candidate);
    if (place !== undefined) place.stage = 'plausible';
  }

  /** The candidate is gone, or does not count any more. */
  leave(candidate: Candidate): void {
    this.#places.delete(candidate);
  }

  dropAll(): void {
    for (const { drop } of this.#places.keys()) drop();
    this.#places.clear();
  }

  #isFull(group: string | undefined): boolean {
    if (group === undefined) return false;
    let count = 0;
    for (const place of this.#places.values()) if (place.group === group) count += 1;
    return count >= this.#maxPerAddress;
  }

  #displaceOne(): void {
    const arrived = this.#oldestAt('arrived');
    const hasMany = arrived.count > Math.floor(this.#maxInAll * ARRIVALS_SHARE);
    const chosen = hasMany
      ? arrived.oldest
      : (this.#oldestAt('upgraded').oldest ?? arrived.oldest ?? this.#oldestAt('plausible').oldest);
    if (chosen === undefined) return;
    this.#places.delete(chosen);
    chosen.drop();
  }

  #oldestAt(stage: Stage): { readonly oldest: Candidate | undefined; readonly count: number } {
    let oldest: Candidate | undefined;
    let count = 0;
    for (const [candidate, place] of this.#places) {
      if (place.stage !== stage) continue;
      oldest ??= candidate;
      count += 1;
    }
    return { oldest, count };
  }
}
