import { describe, expect, it } from 'vitest';
import { fold } from '../../src/search/fold.js';
import { parseQuery, partsOf, termsOf } from '../../src/search/terms.js';

const parts = (text: string): string[] => partsOf(fold(text)).map((part) => part.text);

describe('a text for searching', () => {
  it.each([
    ['Straße STRASSE', 'strasse strasse'],
    ['Łódź, Øre, Æther', 'lodz, ore, aether'],
    ['İstanbul', 'istanbul'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['مَرْحَبًا أهلاً مـــرحبا', 'مرحبا اهلا مرحبا'],
    ['がぎ ｶﾞ', 'がぎ ガ'],
    ['हिन्दी', 'हिन्दी'],
    ['ﬁne \u00ADsoft', 'fine soft'],
    ['👍🏽❤️', '👍❤'],
  ])('%s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded.normalize('NFC'));
    expect(fold(fold(text))).toBe(fold(text));
  });

  it('is cut into words, runs without spaces, and signs', () => {
    expect(parts("Don't: example.com, 3,14€")).toEqual('don t example com 3 14 €'.split(' '));
    expect(parts('ABC東京タワーへ7号 x')).toEqual(['abc', '東京タワーへ', '7', '号', 'x']);
    expect(parts('👩🏽‍💻🇩🇪🇯🇵')).toEqual(['👩', '💻', '🇩🇪', '🇯🇵']);
    expect(parts(' \n…—!?')).toEqual([]);
  });

  it('that is endless costs no more than its length', () => {
    expect([...termsOf('x'.repeat(65_536))]).toEqual(['x'.repeat(64), '~x', '~xx']);
    expect([...termsOf('\u{1D5EB}'.repeat(20_000))]).toEqual(['x'.repeat(64), '~x', '~xx']);
    expect([...termsOf('\u{10400}'.repeat(100))].map((term) => term.length)).toEqual([64, 3, 5]);
    expect(parseQuery('word '.repeat(10_000)).terms).toHaveLength(1);
    const many = Array.from({ length: 100 }, (_, number) => `word${number}`).join(' ');
    expect(parseQuery(many).terms).toHaveLength(32);
    expect(termsOf('\uD800 \uDC00x')).toEqual(new Set(['x', '~x']));
  });
});
