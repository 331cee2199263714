import type { Proximity } from '../ports/network.js';

const NEARNESS: Readonly<Record<Proximity, number>> = { loopback: 2, private: 1, public: 0 };

/** Whether one is not nearer than the other. */
export function isAsFar(one: Proximity, other: Proximity): boolean {
  return NEARNESS[one] <= NEARNESS[other];
}

/** The farther of two. */
export function farther(one: Proximity, other: Proximity): Proximity {
  return isAsFar(one, other) ? one : other;
}
