// The specification, the code that cites it and the tests that show it belong together: scripts/check-spec.ts.
import { describe, expect, test } from 'vitest';
import {
  checkSpecification,
  readRepository,
  type Repository,
} from '../../../../scripts/check-spec.ts';

const ROOT = new URL('../../../../', import.meta.url);

const SOUND: Readonly<Record<string, string>> = {
  'docs/spec/protocol.md': [
    '# A protocol',
    'Tests are named in [conformance.md](conformance.md), see [below](#2-frames).',
    '## 1. Beginning',
    '### 1.1 Greeting',
    'A peer MUST greet, as 2 says. [R-1.1-1] It is polite (section 2; RFC 8949, section 4.2.1).',
    '## 2. Frames',
    'A frame MUST be short. [R-2-1]',
  ].join('\n'),
  'docs/spec/conformance.md': [
    '| requirement | tests |',
    '| ----------- | ----- |',
    '| R-1.1-1 | protocol/greeting.test.ts › it greets<br>cli/e2e/greeting.test.ts › it "greets" too |',
    '| R-2-1 | (not yet implemented) |',
  ].join('\n'),
  'docs/threat-model.md': [
    '| cannot | greet in the name of somebody else | protocol/greeting.test.ts › it greets |',
    '| can | leave | nothing prevents it |',
  ].join('\n'),
  'packages/protocol/src/greeting.ts': '// Greeting: Spec 1.1 and 2.',
  'packages/protocol/test/greeting.test.ts': "test('it greets', () => {});",
  'apps/cli/test/e2e/greeting.test.ts': `it('it "greets" too', () => {});`,
};

function repository(files: Readonly<Record<string, string>>): Repository {
  return { files: new Map(Object.entries(files)), exists: (path) => path in files };
}

/** The faults of the sound repository with one text in one file replaced by another. */
function faultsWith(path: string, from: string, to: string): readonly string[] {
  const text = SOUND[path] ?? '';
  expect(text.split(from), `${from} in ${path}`).toHaveLength(2);
  return checkSpecification(repository({ ...SOUND, [path]: text.replace(from, () => to) }));
}

test('this repository has no faults', () => {
  const read = readRepository(ROOT);
  expect(read.files.size).toBeGreaterThan(200);
  expect(read.files.get('docs/spec/protocol.md')?.match(/\[R-/gu)?.length).toBeGreaterThan(200);
  expect(checkSpecification(read)).toEqual([]);
});

describe('the check', () => {
  const SPEC = 'docs/spec/protocol.md';
  const ROWS = 'docs/spec/conformance.md';
  const THREATS = 'docs/threat-model.md';
  const SOURCE = 'packages/protocol/src/greeting.ts';
  const greeting = '| R-1.1-1 | protocol/greeting.test.ts › it greets<br>';

  test('passes a repository without faults, and misses a specification that is not there', () => {
    expect(checkSpecification(repository(SOUND))).toEqual([]);
    expect(checkSpecification(repository({}))).toEqual(['docs/spec/protocol.md is missing']);
  });

  test.each([
    [
      'a cited section that does not exist',
      SOURCE,
      '1.1 and 2',
      '1.1 and 7',
      `${SOURCE}:1: Spec 7`,
    ],
    ['a citation of a whole chapter', SOURCE, '1.1 and 2', '1 and 2', 'is a whole chapter'],
    [
      'a reference to a missing section',
      SPEC,
      '(section 2;',
      '(section 4;',
      `${SPEC}:5: section 4`,
    ],
    ['a link that leads nowhere', SPEC, '(conformance.md)', '(lost.md)', 'lost.md leads nowhere'],
    ['a link to a missing heading', SPEC, '(#2-frames)', '(#3-ends)', 'has no heading #3-ends'],
    ['a requirement without id', SPEC, ' [R-2-1]', '', 'no id after "A frame MUST be short."'],
    ['an id that is used twice', SPEC, '[R-2-1]', '[R-2-1] [R-2-1]', 'R-2-1 is used twice'],
    ['an id of another section', SPEC, '[R-2-1]', '[R-1.1-2]', 'R-1.1-2 stands in section 2'],
    ['an id without row', ROWS, '| R-2-1 |', '| ----- |', 'R-2-1 has no row'],
    ['an id with two rows', ROWS, '| R-2-1 |', '| R-1.1-1 |', 'R-1.1-1 has two rows'],
    ['a row without requirement', ROWS, '| R-2-1 |', '| R-2-9 |', 'R-2-9 is not in'],
    [
      'a missing test file',
      ROWS,
      'protocol/greeting',
      'protocol/gone',
      'gone.test.ts does not exist',
    ],
    ['a missing test', ROWS, '› it greets<', '› it sings<', "has no test 'it sings'"],
    [
      'a claim about an adversary that no test shows',
      THREATS,
      '› it greets',
      '› it sings',
      `${THREATS}:1: packages/protocol/test/greeting.test.ts has no test`,
    ],
    [
      'a row that names no test',
      ROWS,
      greeting,
      '| R-1.1-1 | protocol/greeting.test.ts<br>',
      "no test ''",
    ],
  ])('finds %s', (_what, path, from, to, fault) => {
    expect(faultsWith(path, from, to).join('\n')).toContain(fault);
  });
});
