import { defineConfig } from 'vitest/config';

/** The long forms: hours are fine, one after the other. */
export default defineConfig({
  test: {
    name: 'tunnel, long',
    include: ['soak/**/*.soak.test.ts'],
    testTimeout: 4 * 3_600_000,
    fileParallelism: false,
  },
});
