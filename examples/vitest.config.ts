import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'examples',
    include: ['test/**/*.test.ts'],
    // Several processes for each test, and on a busy machine each takes its time to start.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
