import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'gui-trials',
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One browser at a time: two of them on two cores only wait for each other.
    fileParallelism: false,
  },
});
