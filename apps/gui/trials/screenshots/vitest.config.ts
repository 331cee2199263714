import { defineConfig } from 'vitest/config';

// Pictures to be looked at, and no tests: run by hand, see take.shots.ts.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['take.shots.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
