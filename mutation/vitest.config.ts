import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import protocol from '../packages/protocol/vitest.config.js';

/** Tests of @gravy/protocol that look at its sources or its build rather than run them. */
const NOT_ABOUT_BEHAVIOUR = ['steps.types', 'browser-bundle', 'readme', 'spec', 'vectors-file'];

export default mergeConfig(
  protocol,
  defineConfig({
    root: fileURLToPath(new URL('../packages/protocol/', import.meta.url)),
    test: { exclude: NOT_ABOUT_BEHAVIOUR.map((name) => `test/${name}.test.ts`) },
  }),
);
