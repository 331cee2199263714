import { readVectorFile } from './vector-file.js';

export interface Case extends Record<string, string | number | readonly string[] | undefined> {
  tcId: number;
  result: 'valid' | 'invalid' | 'acceptable';
  flags?: readonly string[];
}

export interface Group {
  publicKey?: { pk: string };
  tagSize?: number;
  tests: readonly Case[];
}

/** All cases of one Wycheproof file, each with its group; undefined where the files are absent. */
export function readWycheproof(name: string): readonly { group: Group; test: Case }[] | undefined {
  const file = readVectorFile(`wycheproof/${name}_test.json`) as
    | { testGroups: readonly Group[] }
    | undefined;
  return file?.testGroups.flatMap((group) => group.tests.map((test) => ({ group, test })));
}
