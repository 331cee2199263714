import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/file.ts', 'src/scrypt-node.ts', 'src/scrypt-portable.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'neutral',
  // The reader's runtime or bundler resolves it by condition, so that no Node built-in gets into a browser bundle.
  external: ['#scrypt', /^node:/],
  removeNodeProtocol: false,
  dts: false,
  sourcemap: true,
});
