import { defineConfig } from 'tsup';
import { thirdPartyNotices } from './bundling/third-party-notices.js';
import { shortNamesOfReact } from './bundling/short-names-of-react.js';
import { yogaWithoutFetch } from './bundling/yoga-without-fetch.js';

// One entry and chunks that are loaded when they are needed: resolving and reading some hundred files of a
// dozen packages took most of the time that a command needs to start (docs/decisions/0030).
export default defineConfig({
  entry: ['src/main.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'node',
  // All but native code, a package that somebody may have installed beside this one, and what Ink loads for
  // its own developers.
  external: ['bufferutil', 'utf-8-validate', 'react-devtools-core'],
  // Otherwise React brings its checks for developers too.
  define: { 'process.env.NODE_ENV': '"production"' },
  noExternal: [
    /^(?!better-sqlite3-multiple-ciphers|bufferutil|utf-8-validate|react-devtools-core|@gravy\/gui)/u,
  ],
  splitting: true,
  dts: false,
  sourcemap: true,
  clean: true,
  // What was CommonJS asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
  },
  esbuildPlugins: [
    thirdPartyNotices('dist/THIRD-PARTY-NOTICES.txt'),
    yogaWithoutFetch(),
    shortNamesOfReact(),
  ],
  esbuildOptions(options) {
    options.alias = { 'string-width': './bundling/string-width.ts' };
    // Names stay: whoever reports a stack trace should be understood.
    options.minifySyntax = true;
    options.minifyWhitespace = true;
    // Entries of the libraries import chunks for nothing but their order, which does not matter.
    options.logOverride = { 'ignored-bare-import': 'silent' };
  },
});
