import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** The long forms: hours are fine, one after the other. */
export default defineConfig({
  ...config,
  test: {
    name: 'history, long',
    include: ['soak/**/*.soak.test.ts'],
    testTimeout: 4 * 3_600_000,
    fileParallelism: false,
    // V8 lets its young generation grow to many megabytes and keeps them: small, what is resident is what is held.
    execArgv: ['--max-semi-space-size=2'],
  },
});
