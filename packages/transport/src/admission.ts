// Spec 6: unauthenticated connections, counted from TCP accept.
import type { AdmissionLevel } from './connection.js';

/** One connection that is not authenticated yet. */
export interface Candidate {
  readonly address: string;
  /** Cuts the connection. */
  readonly drop: () => void;
}

/**
 * Keeps the number of unauthenticated connections within its limits: a newcomer displaces the oldest
 * that has not shown a valid first message, else the oldest.
 */
export class Admission {
  readonly #maxInAll: number;
  readonly #maxPerAddress: number;
  readonly #isExempt: (address: string) => boolean;
  /** In order of arrival. */
  readonly #candidates = new Map<Candidate, { isPlausible: boolean }>();

  constructor(options: {
    maxInAll: number;
    maxPerAddress: number;
    /** Addresses without a limit of their own. */
    isExempt: (address: string) => boolean;
  }) {
    this.#maxInAll = options.maxInAll;
    this.#maxPerAddress = options.maxPerAddress;
    this.#isExempt = options.isExempt;
  }

  get count(): number {
    return this.#candidates.size;
  }

  /** False if the candidate's address has too many already: it was dropped. */
  enter(candidate: Candidate): boolean {
    if (!this.#isExempt(candidate.address)) {
      let sameAddress = 0;
      for (const { address } of this.#candidates.keys()) {
        if (address === candidate.address) sameAddress += 1;
      }
      if (sameAddress >= this.#maxPerAddress) {
        candidate.drop();
        return false;
      }
    }
    if (this.#candidates.size >= this.#maxInAll) this.#displaceOne();
    this.#candidates.set(candidate, { isPlausible: false });
    return true;
  }

  raise(candidate: Candidate, level: AdmissionLevel): void {
    const entry = this.#candidates.get(candidate);
    if (entry === undefined) return;
    if (level === 'plausible') entry.isPlausible = true;
    else this.#candidates.delete(candidate);
  }

  leave(candidate: Candidate): void {
    this.#candidates.delete(candidate);
  }

  dropAll(): void {
    for (const { drop } of this.#candidates.keys()) drop();
    this.#candidates.clear();
  }

  #displaceOne(): void {
    const entries = [...this.#candidates];
    const [chosen] = entries.find(([, { isPlausible }]) => !isPlausible) ?? entries[0] ?? [];
    if (chosen === undefined) return;
    this.#candidates.delete(chosen);
    chosen.drop();
  }
}

/** Whether an address is this machine's own: behind a tunnel every guest comes from one. */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./u.test(address) || address === '::1';
}
