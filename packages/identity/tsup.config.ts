import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/file.ts', 'src/scrypt-node.ts', 'src/scrypt-portable.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'neutral',
  // The reader's runtime or bundler resolves it by condition, so that no Node built-in gets into a browser bundle.
  external: ['#scrypt', /^node:/],
  removeNodeProtocol: false,
  // Old chunks go; the declarations beside them are another task's.
  clean: ['!**/*.d.ts', '!**/*.d.ts.map'],
  dts: false,
  sourcemap: true,
});
