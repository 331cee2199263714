import { describe, expect, it } from 'vitest';
import { splitLinks } from '../parts/split-links.js';

const linksIn = (text: string): string[] =>
  splitLinks(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));

describe('splitLinks', () => {
  it.each([
    ['See https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    [
      '(http://example.org) and https://example.com!',
      ['http://example.org', 'https://example.com'],
    ],
    ['<https://example.org/>', ['https://example.org/']],
    ['HTTPS://EXAMPLE.ORG/', ['HTTPS://EXAMPLE.ORG/']],
  ])('finds those of %j', (text, links) => {
    expect(linksIn(text)).toEqual(links);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.org/',
    'https://',
    'https://bank.example@evil.example/',
    'https://exаmple.org/', // with a Cyrillic letter
    'https://example.org/\u202egro.live',
    'https://пример.испытание/',
  ])('leaves %j alone', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('finds the end of a link before and between 64 KiB of closing marks', () => {
    const marks = ')'.repeat(65_536);
    expect(splitLinks(`http://a${marks}`)).toEqual([
      { kind: 'link', text: 'http://a' },
      { kind: 'text', text: marks },
    ]);
    // Not a mark at the end: all of it is the link. Going through them again at each took 11 s.
    expect(linksIn(`http://a/${marks}x`)).toEqual([`http://a/${marks}x`]);
  });

  it('loses and adds nothing', () => {
    for (const text of [
      '',
      'a',
      ' https://a.b ',
      'x https://a.b, https://c.d.',
      'https://a.b\nc',
    ]) {
      expect(
        splitLinks(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
  });
});
