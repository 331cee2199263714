import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'cli',
    include: ['test/**/*.test.{ts,tsx}'],
    // Commands that run in the test's own process tell times, too.
    env: { TZ: 'UTC' },
    // Several processes for each test, and on a busy machine each takes its time to start.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One worker for all files, one after the other: to start one for each takes longer than most of them.
    isolate: false,
  },
});
