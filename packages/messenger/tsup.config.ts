import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/reference.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'node',
  dts: false,
  sourcemap: true,
});
