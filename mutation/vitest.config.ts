import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import protocol from '../packages/protocol/vitest.config.js';

/** Tests that look at sources, documents or the build rather than run the code. */
const NOT_ABOUT_BEHAVIOUR = [
  'steps.types',
  'browser-bundle',
  'readme',
  'conformance/specification',
];
/** Tests by large numbers: each takes seconds, and finds what the others find. */
const BY_LARGE_NUMBERS = [
  'back-ends-agree',
  'fuzz.hostile',
  'schedules.property',
  'second-implementation/interop',
  'second-implementation/rejections',
];
/** What takes a second or more: only asked when nothing else has noticed the fault. */
const SLOW = /(?:vectors|duplex|handshake-bits\.hostile|peer-id|handshake\.hostile)\.test\.ts$/u;

const rank = ({ moduleId }: TestSpecification): number => Number(SLOW.test(moduleId));

/** The first test that fails ends a round, so the quick ones come first. */
class QuickestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => rank(one) - rank(other)));
  }
}

export default mergeConfig(
  protocol,
  defineConfig({
    root: fileURLToPath(new URL('../packages/protocol/', import.meta.url)),
    test: {
      exclude: [...NOT_ABOUT_BEHAVIOUR, ...BY_LARGE_NUMBERS].map((name) => `test/${name}.test.ts`),
      sequence: { sequencer: QuickestFirst },
    },
  }),
);
