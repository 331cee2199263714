import { expect, test } from 'vitest';
import { LineSplitter } from '../src/line-splitter.js';

function split(chunks: readonly string[], maxCharacters = 8): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(maxCharacters, (line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.finish();
  return lines;
}

test.each<[string[], string[]]>([
  [['one\ntwo\n'], ['one', 'two']],
  [
    ['o', 'ne', '\n', '\ntwo'],
    ['one', '', 'two'],
  ],
  [['one\r\ntwo\r\n'], ['one', 'two']],
  [['12345678901\nnext\n'], ['12345678', 'next']],
  [
    ['1234567', '8901', '2\nnext'],
    ['12345678', 'next'],
  ],
  [[''], []],
])('%j', (chunks, lines) => {
  expect(split(chunks)).toEqual(lines);
});
