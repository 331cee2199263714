// Mutation tests of @gravy/protocol: how many small faults, put into the sources one at a time, the tests notice.
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

export default {
  packageManager: 'pnpm',
  plugins: [resolve('@stryker-mutator/vitest-runner')],
  testRunner: 'vitest',
  vitest: { configFile: resolve('./vitest.config.ts'), related: false },
  // Messages of errors are for people; which words they have is not what the tests are about.
  mutate: ['src/**/*.ts', '!src/index.ts', '!src/node.ts', '!src/sodium.ts'],
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'coverage/mutation.json' },
  allowConsoleColors: false,
  inPlace: true,
  cleanTempDir: 'always',
};
