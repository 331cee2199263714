import { describe, it } from 'vitest';
import { type ConformingHistory, historyConformance } from '../src/conformance/index.js';
import { FreshStore } from './fresh-store.js';
import { openMemoryHistory } from './memory/memory-history.js';

/** Each way to open a new, empty store, and to end it. */
const STORES: readonly [string, () => { store: ConformingHistory; end: () => void }][] = [
  [
    'the encrypted store',
    () => {
      const fresh = new FreshStore();
      return { store: fresh.store, end: () => fresh.end() };
    },
  ],
  [
    'a store in memory',
    () => {
      const store = openMemoryHistory();
      return { store, end: () => store.close() };
    },
  ],
];

describe.each(STORES)('%s', (_name, open) => {
  it.each(historyConformance)('$name', async (conformanceCase) => {
    const { store, end } = open();
    try {
      await conformanceCase.run(store);
    } finally {
      end();
    }
  });
});
