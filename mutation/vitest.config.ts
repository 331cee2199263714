import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import protocol from '../packages/protocol/vitest.config.js';

/** Tests that look at sources, documents or the build rather than run the code. */
const NOT_ABOUT_BEHAVIOUR = [
  'steps.types',
  'browser-bundle',
  'readme',
  'conformance/specification',
];
/** Tests by large numbers: each takes seconds, and finds what the others find. */
const BY_LARGE_NUMBERS = ['back-ends-agree', 'fuzz.hostile', 'schedules.property'];

export default mergeConfig(
  protocol,
  defineConfig({
    root: fileURLToPath(new URL('../packages/protocol/', import.meta.url)),
    test: {
      exclude: [...NOT_ABOUT_BEHAVIOUR, ...BY_LARGE_NUMBERS].map((name) => `test/${name}.test.ts`),
    },
  }),
);
