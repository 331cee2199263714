import { describe, expect, it } from 'vitest';
import { numberedName, receivedName } from '../../src/core/files/received-name.js';

describe('the name of a received file', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['日本語.txt', '日本語.txt'],
    ['two words (final).tar.gz', 'two words (final).tar.gz'],
    // Only the last component, of either kind of path.
    ['/etc/passwd', 'passwd'],
    [String.raw`C:\Users\x\evil.exe`, 'evil.exe'],
    [String.raw`a/b\c`, 'c'],
    ['folder/', 'file'],
    // NFC.
    ['e\u0301.txt', '\u00e9.txt'],
    ['e:\u0301.txt', '\u00e9.txt'],
    // Nothing that cannot be seen, or turns what is seen around.
    ['photo\u202egnp.exe', 'photognp.exe'],
    ['a\u2066b\u2069c\u200fd\u061ce', 'abcde'],
    ['a\u0000b\u001b[2Jc\u007f\u0085', 'ab[2Jc'],
    ['a\u2028b\u2029c\ufeffd\u00ade', 'abcde'],
    ['\ud800half', 'half'],
    // Characters of shells and of Windows.
    ['a:b*c?d"e<f>g|h', 'abcdefgh'],
    // No leading dot or dash, nothing that Windows drops at the end.
    ['.bashrc', 'bashrc'],
    ['..', 'file'],
    ['-rf', 'rf'],
    [' .-x', 'x'],
    ['name. . ', 'name'],
    // Devices.
    ['CON', 'file'],
    ['con.txt', 'file'],
    ['NUL .tar.gz', 'file'],
    ['COM1', 'file'],
    ['com\u00b9.log', 'file'],
    ['LPT9.', 'file'],
    ['conin$', 'file'],
    ['console.log', 'console.log'],
    ['COM10', 'COM10'],
    // Nothing left.
    ['', 'file'],
    ['\u202e', 'file'],
    ['???', 'file'],
    ['   ', 'file'],
  ])('of %j is %j', (suggestion, expected) => {
    expect(receivedName(suggestion)).toBe(expected);
  });

  it('has at most 120 bytes, keeps its extension, and cuts nothing that belongs together', () => {
    const long = receivedName(`${'x'.repeat(200)}.pdf`);
    expect(long).toBe(`${'x'.repeat(116)}.pdf`);
    const family = '👩‍👩‍👧'.replaceAll('\u200d', '');
    for (const name of [
      'ü'.repeat(100),
      '日'.repeat(100),
      family.repeat(40),
      'e\u0301'.repeat(99),
    ]) {
      const cut = receivedName(`${name}.txt`);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(120);
      expect(cut.endsWith('.txt')).toBe(true);
      expect(cut.isWellFormed()).toBe(true);
    }
    const piled = receivedName(`a${'\u0301'.repeat(500)}.txt`);
    expect(Buffer.byteLength(piled)).toBeLessThanOrEqual(120);
    expect(piled).not.toBe('');
  });

  it('says the same of what it has said', () => {
    for (const name of ['a.b', '..x', 'CON', 'x'.repeat(300), 'e\u0301', 'a \u202e.txt', '- - -']) {
      expect(receivedName(receivedName(name))).toBe(receivedName(name));
    }
  });

  it('is numbered before its extension, within the same length', () => {
    expect(numberedName('photo.jpg', 0)).toBe('photo.jpg');
    expect(numberedName('photo.jpg', 1)).toBe('photo (1).jpg');
    expect(numberedName('photo', 12)).toBe('photo (12)');
    expect(numberedName('archive.tar.gz', 2)).toBe('archive.tar (2).gz');
    const long = numberedName(receivedName(`${'ü'.repeat(200)}.txt`), 1_234);
    expect(long).toMatch(/ü \(1234\)\.txt$/u);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(120);
  });
});
