import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'tunnel',
    include: ['test/**/*.test.ts'],
    // Most tests start several processes.
    testTimeout: 30_000,
    // One worker for all files, one after the other: to start one for each takes longer than most of them.
    isolate: false,
  },
});
