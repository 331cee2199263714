import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'apps/gui/trials', 'compat', 'examples', 'testing'],
    // Vitest leaves one processor free, which of two is half: most of these tests wait for processes and the disk.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
