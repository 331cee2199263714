import { describe, expect, it } from 'vitest';
import { checkAccountName, isSameAccountName } from '../src/account/account-name.js';
import { checkContactName } from '../src/core/people/display-name.js';

describe('account names', () => {
  it.each(['ada', 'Ada Lovelace', 'ada.2', 'Zoë', '艾达', 'a_b-c', '1'])('takes %s', (name) => {
    expect(checkAccountName(name)).toBe(name.normalize('NFC'));
  });

  it.each([
    '',
    ' ada',
    'ada ',
    'ada.',
    '.ada',
    '-ada',
    'a/b',
    'a\\b',
    '..',
    'a:b',
    'con',
    'COM1.x',
  ])('refuses %j', (name) => {
    expect(() => checkAccountName(name)).toThrow(expect.objectContaining({ code: 'invalid_name' }));
  });

  it('counts names as one that a file system may not tell apart', () => {
    expect(isSameAccountName('Ada', 'aDA')).toBe(true);
    expect(isSameAccountName('Ada', 'Adam')).toBe(false);
  });
});

describe('contact names', () => {
  it('are trimmed and composed', () => {
    expect(checkContactName('  Zoe\u0308 ')).toBe('Zo\u00EB');
  });

  it.each(['', '   ', 'a\nb', 'a\u202Eb', 'a\u0007b', 'a\uD800b', 'gravy1abc', 'GRAVYINVITE1x'])(
    'refuses %j',
    (name) => {
      expect(() => checkContactName(name)).toThrow(
        expect.objectContaining({ code: 'invalid_name' }),
      );
    },
  );

  it('are counted in characters', () => {
    expect(checkContactName('\u{1F44B}'.repeat(64))).toHaveLength(128);
    expect(() => checkContactName('a'.repeat(65))).toThrow();
  });
});
