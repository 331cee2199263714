import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/main.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'node',
  // Old chunks go; the declarations and the page beside them are other tasks'.
  clean: ['!**/*.d.ts', '!**/*.d.ts.map', '!page/**'],
  dts: false,
  sourcemap: true,
});
