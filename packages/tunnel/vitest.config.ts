import { defineConfig } from 'vitest/config';

// Most tests start several processes.
export default defineConfig({
  test: { name: 'tunnel', include: ['test/**/*.test.ts'], testTimeout: 30_000 },
});
