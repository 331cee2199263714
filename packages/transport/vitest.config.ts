import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'transport',
    include: ['test/**/*.test.ts'],
    // One worker for all files, one after the other: to start one for each takes longer than most of them.
    isolate: false,
  },
});
