import { readFileSync } from 'node:fs';
import { ascii, KDF, zeros } from './primitives.js';
import type { Draw } from './schedule.js';

const specification = readFileSync(
  new URL('../../../../docs/spec/protocol.md', import.meta.url),
  'utf8',
);

/** Says apart the two values that stand in the appendix under the name `id_s`: the bytes and the text. */
const keyOf = (name: string, value: string): string =>
  value.startsWith('gravy1') ? `${name}, text` : name;

/** Appendix A: the lines of its code blocks, a name, two or more spaces, a value. */
export function appendix(): Readonly<Record<string, string>> {
  const text = specification.slice(specification.indexOf('## Appendix A'));
  const blocks = [...text.matchAll(/^```\n(.*?)^```$/gmsu)].flatMap(([, block = '']) =>
    block.trimEnd().split('\n'),
  );
  const values = blocks.map((line) => {
    const [, name, value] = /^(\S.*?) {2,}(\S.*)$/u.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no value: ${line}`);
    return [keyOf(name, value), value] as const;
  });
  const byName = Object.fromEntries(values);
  if (Object.keys(byName).length < values.length) throw new Error('One name, two values.');
  return byName;
}

/** The inputs of the appendix by their names. */
export const exampleDraw: Draw = (name, length) =>
  KDF(zeros(0), ascii('gravy/1 example'), ascii(name), length);
