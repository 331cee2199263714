import { readFileSync } from 'node:fs';
import type { Draw } from './handshake.js';
import { ascii, KDF, zeros } from './primitives.js';

const specification = readFileSync(
  new URL('../../../../docs/spec/protocol.md', import.meta.url),
  'utf8',
);

/** Of other parts of the specification than the protocol's. */
const TEXT_FORMS = new Set(['safety number', 'invite, CBOR', 'invite']);

/** Appendix A: the lines of its code blocks, a name, two or more spaces, a value; without the text forms. */
export function appendix(): Readonly<Record<string, string>> {
  const text = specification.slice(specification.indexOf('## Appendix A'));
  const lines = [...text.matchAll(/^(\S.*?) {2,}(\S.*)$/gmu)];
  const values = lines.map(([, name = '', value = '']) => [name, value] as const);
  const isBytes = ([name, value]: readonly [string, string]): boolean =>
    !TEXT_FORMS.has(name) && !value.startsWith('gravy1');
  return Object.fromEntries(values.filter(isBytes));
}

/** The inputs of the appendix by their names. */
export const exampleDraw: Draw = (name, length) =>
  KDF(zeros(0), ascii('gravy/1 example'), ascii(name), length);
