import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/accounts.ts', 'src/home.ts', 'src/page.ts', 'src/reference.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'node',
  // Old chunks go; the declarations beside them are another task's.
  clean: ['!**/*.d.ts', '!**/*.d.ts.map'],
  dts: false,
  sourcemap: true,
});
