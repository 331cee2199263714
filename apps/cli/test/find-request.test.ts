import { describe, expect, it } from 'vitest';
import { findRequest } from '../src/request/find-request.js';
import { shellWord } from '../src/contact/shell-word.js';
import { shortenId } from '../src/terminal/table.js';

const request = (id: string): { id: string; receivedAt: number; safetyNumber: string } => ({
  id,
  receivedAt: 0,
  safetyNumber: '',
});
const [ada, ben, eve] = [
  `gravy1qqqqqq${'a'.repeat(46)}aaaaaa`,
  `gravy1zzzzzz${'b'.repeat(46)}bbbbbb`,
  `gravy1zzzzzz${'e'.repeat(46)}eeeeee`,
];
const all = [ada, ben, eve].map(request);

describe('findRequest', () => {
  it.each([
    ['the whole id', ben, ben],
    ['in upper case', ben.toUpperCase(), ben],
    ['the short form of lists', shortenId(eve), eve],
    ['a beginning that only one has', ada.slice(0, 12), ada],
    ['a longer beginning', ben.slice(0, 13), ben],
  ])('knows somebody by %s', (_how, text, id) => {
    expect(findRequest(all, text).id).toBe(id);
  });

  it('refuses what fits several, what is too short, and what fits nobody', () => {
    expect(() => findRequest(all, ben.slice(0, 12))).toThrow(/Several/u);
    expect(() => findRequest(all, ada.slice(0, 11))).toThrow(/Nobody/u);
    expect(() => findRequest([], ada)).toThrow(/Nobody/u);
    expect(() => findRequest(all, `${shortenId(ada)}x`)).toThrow(/Nobody/u);
  });
});

describe('shellWord', () => {
  it.each([
    ['ben', 'ben'],
    ['Ada (2)', '"Ada (2)"'],
    ['$(reboot)', "'$(reboot)'"],
    ['a "b" !c', `'a "b" !c'`],
    ["o'clock `ls`", String.raw`'o'\''clock ` + "`ls`'"],
    ['-rf', "'-rf'"],
  ])('%s', (name, word) => {
    expect(shellWord(name)).toBe(word);
  });
});
