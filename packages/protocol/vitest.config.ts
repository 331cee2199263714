import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '#default-backend': fileURLToPath(new URL('src/backend/default-node.ts', import.meta.url)),
    },
  },
  test: {
    name: 'protocol',
    include: ['test/**/*.test.ts'],
    // Some try hundreds of inputs: a busy machine must not fail them.
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      reporter: ['text-summary'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
});
