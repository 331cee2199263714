import { contactCases } from './contact-cases.js';
import type { ConformanceCase } from './conforming-history.js';
import { deliveryCases } from './delivery-cases.js';
import { messageCases } from './message-cases.js';

/**
 * What every store does, for tests of another one: run each case with a new, empty store, in whatever
 * test runner. The store of this package passes all of them.
 */
export const historyConformance: readonly ConformanceCase[] = [
  ...contactCases,
  ...messageCases,
  ...deliveryCases,
];
