import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** The long forms, with the program as it was built. */
export default defineConfig({
  ...config,
  test: {
    name: 'cli, long',
    include: ['soak/**/*.soak.test.ts'],
    testTimeout: 4 * 3_600_000,
    fileParallelism: false,
  },
});
