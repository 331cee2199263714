import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { '#scrypt': fileURLToPath(new URL('src/scrypt-node.ts', import.meta.url)) },
  },
  test: {
    name: 'identity',
    include: ['test/**/*.test.ts'],
    // One worker for all files, one after the other: to start one for each takes longer than most of them.
    isolate: false,
    // A busy machine must not fail what takes a second on an idle one.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
