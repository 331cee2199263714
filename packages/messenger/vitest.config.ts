import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { name: 'messenger', include: ['test/**/*.test.ts'] },
});
