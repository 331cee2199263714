import { describe, expect, it } from 'vitest';
import { snippetOf } from '../../src/search/snippet.js';
import { parseQuery } from '../../src/search/terms.js';

/** The snippet with what was found in brackets. */
function shown(text: string, query: string): string {
  const snippet = snippetOf(text, parseQuery(query).parts);
  let marked = '';
  let at = 0;
  for (const [start, end] of snippet.highlights) {
    marked += `${snippet.text.slice(at, start)}[${snippet.text.slice(start, end)}]`;
    at = end;
  }
  return marked + snippet.text.slice(at);
}

describe('a snippet', () => {
  it.each([
    ['The gravy boat', 'gra', 'The [gra]vy boat'],
    ['Die Straße nach Köln', 'STRASSE koln', 'Die [Straße] nach [Köln]'],
    ['e\u0301tude, étude', 'etu', '[e\u0301tu]de, [étu]de'],
    ['我在北京大学学习', '北京', '我在[北京]大学学习'],
    ['北京北京', '北京', '[北京北京]'],
    ['see 👩🏽‍💻!', '👩‍💻', 'see [👩🏽‍💻]!'],
    ['one\n\n  two\tthree', 'three', 'one two [three]'],
    ['مَرْحَبًا بك', 'مرحبا', '[مَرْحَبًا] بك'],
    ['a seagull in a seaside sea', 'sea', 'a [sea]gull in a [sea]side [sea]'],
    ['', 'x', ''],
  ])('of %j for %j', (text, query, expected) => {
    expect(shown(text, query)).toBe(expected);
  });

  it('is short, and shows where something was left out', () => {
    const long = `${'before '.repeat(2_000)}needle ${'after '.repeat(2_000)}`;
    const snippet = shown(long, 'needle');
    expect(snippet).toMatch(/^….{40}\[needle\].{113,114}…$/u);
    expect(shown(`needle ${'after '.repeat(50)}`, 'needle')).toMatch(/^\[needle\] after.*…$/u);
  });

  it('cuts no character in two, wherever it is cut', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const distance of [0, 1, 2, 3, 500, 511, 512, 513, 1_023, 1_024]) {
      const text = `${'x'.repeat(distance)} ${family.repeat(60)} needle ${family.repeat(60)}`;
      const { text: cut } = snippetOf(text, parseQuery('needle').parts);
      expect(cut.isWellFormed(), String(distance)).toBe(true);
      expect(cut).toContain('needle');
      expect(cut.length).toBeLessThan(161 * family.length);
    }
  });
});
