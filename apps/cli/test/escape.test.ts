import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, escapeLine, escapeText } from '../src/terminal/escape.js';

const ESC = '\u001b';
/** Everything that could act on a terminal or reorder what stands around it. */
const DANGEROUS = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

describe('escapeLine', () => {
  it('leaves letters of every script, emoji and joiners as they are', () => {
    const text = 'Ada, שלום, こんにちは, 👩‍👩‍👧‍👦, می‌خواهم, 🏴󠁧󠁢󠁥󠁮󠁧󠁿';
    expect(escapeLine(text)).toBe(text);
  });

  it.each([
    ['a colour sequence', `${ESC}[31mred`, '<U+001B>[31mred'],
    ['a window title', `${ESC}]0;title\u0007`, '<U+001B>]0;title<U+0007>'],
    ['an 8-bit control sequence', '\u009b2J', '<U+009B>2J'],
    ['a line break', 'a\nb', 'a<U+000A>b'],
    ['a carriage return', 'a\rb', 'a<U+000D>b'],
    ['a line separator', 'a\u2028b', 'a<U+2028>b'],
    ['an override', 'a\u202eb', 'a<U+202E>b'],
    ['an isolate', 'a\u2066b\u2069', 'a<U+2066>b<U+2069>'],
    ['delete', 'a\u007f', 'a<U+007F>'],
    ['half a surrogate pair', 'a\ud800', 'a<U+D800>'],
    ['an invisible space', 'a\u200bb', 'a<U+200B>b'],
  ])('shows %s by its number', (_what, text, shown) => {
    expect(escapeLine(text)).toBe(shown);
  });

  it('lets nothing dangerous through, whatever comes', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(escapeLine(text)).not.toMatch(DANGEROUS);
      }),
      { seed: 20_260_727 },
    );
  });
});

describe('escapeText', () => {
  it('keeps line breaks of every kind, as line feeds', () => {
    expect(escapeText('a\nb\r\nc\u2028d\u2029e')).toBe('a\nb\nc\nd\ne');
  });

  it('does not take a carriage return for a line break: it would overwrite the line', () => {
    expect(escapeText('safe\rforged')).toBe('safe<U+000D>forged');
  });

  it('turns tabs into spaces', () => {
    expect(escapeText('a\tb')).toBe('a    b');
  });

  it('lets nothing dangerous through but line feeds', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(escapeText(text).replaceAll('\n', '')).not.toMatch(DANGEROUS);
      }),
      { seed: 20_260_727 },
    );
  });
});

describe('escapeJson', () => {
  it('is the same value, without anything a terminal acts on', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const json = escapeJson({ text });
        expect(json).not.toMatch(DANGEROUS);
        expect(JSON.parse(json)).toEqual({ text });
      }),
      { seed: 20_260_727 },
    );
  });
});
