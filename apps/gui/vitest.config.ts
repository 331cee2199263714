import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'gui',
    include: ['test/**/*.test.ts', 'page/**/*.test.ts'],
    // Deriving a key takes a second, and much longer while other tests want the processor too.
    testTimeout: 60_000,
  },
});
