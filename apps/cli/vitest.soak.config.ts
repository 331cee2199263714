import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** The long forms: hours are fine, one after the other. */
export default defineConfig({
  ...config,
  test: {
    name: 'cli, long',
    include: ['soak/**/*.soak.test.ts'],
    testTimeout: 4 * 3_600_000,
    fileParallelism: false,
  },
});
