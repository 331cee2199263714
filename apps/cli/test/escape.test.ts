import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, escapeLine, escapeText } from '../src/terminal/escape.js';
import { hostileText } from './hostile-text.js';

const ESC = '\u001b';
/** Everything that could act on a terminal, reorder what stands around it, or is never seen. */
const DANGEROUS =
  /[\u034f\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u00ad\u115f\u1160\u3164\uffa0\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0001}]|\p{M}{11}/u;
/** What is not seen by itself, where no honest writing has it. */
const HIDDEN =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{L}\p{M}])\u200d|(?<![\p{L}\p{M}])\u200c|[A-Za-z\u0400-\u04ff\u0590-\u05ff][\u200c\u200d]|(?<![\p{Extended_Pictographic}0-9#*])\ufe0f|(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0020}-\u{e007f}]/u;

describe('escapeLine', () => {
  it('leaves letters of every script, emoji and joiners as they are', () => {
    const text =
      'Ada, שָׁלוֹם, مرحبا, こんにちは, 葛\u{e0100}, 👩‍👩‍👧‍👦, 👩🏽‍🚀, ❤️, ☎︎, 1️⃣, 🇩🇪, می‌خواهم, क्‍ष, 🏴󠁧󠁢󠁥󠁮󠁧󠁿, Việt, ≨︀';
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
    ['a soft hyphen', 'pass\u00adword', 'pass<U+00AD>word'],
    ['a filler of Hangul', '\u3164', '<U+3164>'],
    ['a joiner between letters that need none', 'a\u200db\u200cc', 'a<U+200D>b<U+200C>c'],
    ['a selector behind a letter', 'A\ufe0fda', 'A<U+FE0F>da'],
    ['letters that are not seen', 'x\u{e0068}\u{e0069}', 'x<U+E0068><U+E0069>'],
    [
      'marks without an end, joiners between them',
      `क${'\u094d\u200d'.repeat(12)}`,
      `क${'\u094d\u200d'.repeat(10)}<U+094D><U+200D><U+094D><U+200D>`,
    ],
    ['an unfinished flag', '🏴\u{e0067}\u{e0062}', '🏴<U+E0067><U+E0062>'],
    ['a noncharacter', '\uffff\u{1fffe}', '<U+FFFF><U+1FFFE>'],
    [
      'the marks that no letter has',
      `e${'\u0301'.repeat(12)}`,
      `e${'\u0301'.repeat(10)}<U+0301><U+0301>`,
    ],
  ])('shows %s by its number', (_what, text, shown) => {
    expect(escapeLine(text)).toBe(shown);
  });

  it('lets nothing dangerous through, whatever comes', () => {
    assert(
      property(hostileText, (text) => {
        const shown = escapeLine(text);
        expect(shown).not.toMatch(DANGEROUS);
        expect(shown).not.toMatch(HIDDEN);
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
      property(hostileText, (text) => {
        const shown = escapeText(text).replaceAll('\n', ' ');
        expect(shown).not.toMatch(DANGEROUS);
        expect(shown).not.toMatch(HIDDEN);
      }),
      { seed: 20_260_727 },
    );
  });
});

describe('escapeJson', () => {
  it('is the same value, without anything a terminal acts on', () => {
    assert(
      property(hostileText, (text) => {
        const json = escapeJson({ text });
        expect(json).not.toMatch(DANGEROUS);
        expect(JSON.parse(json)).toEqual({ text });
      }),
      { seed: 20_260_727 },
    );
  });
});
