import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    sodium: 'src/sodium.ts',
    'default-node': 'src/backend/default-node.ts',
    'default-portable': 'src/backend/default-portable.ts',
  },
  format: 'esm',
  target: 'node22',
  platform: 'neutral',
  // The reader's runtime or bundler resolves it by condition, so that no Node built-in gets into a browser bundle.
  external: ['#default-backend', /^node:/],
  removeNodeProtocol: false,
  // Old chunks go; the declarations beside them are another task's.
  clean: ['!**/*.d.ts', '!**/*.d.ts.map'],
  dts: false,
  sourcemap: true,
});
