import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'apps/gui/trials', 'compat', 'examples', 'testing'],
  },
});
