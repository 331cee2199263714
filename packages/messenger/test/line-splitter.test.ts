import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, LineSplitter } from '../src/rpc/line-splitter.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (line: string): Line => ({ kind: 'text', text: line });
const tooLong: Line = { kind: 'too_long' };

describe('LineSplitter', () => {
  it('cuts at LF and nothing else', () => {
    const splitter = new LineSplitter(100);
    expect(splitter.push(bytes('a\u2028b\r\nc'))).toEqual([text('a\u2028b\r')]);
    expect(splitter.push(bytes('d\n\n'))).toEqual([text('cd'), text('')]);
    expect(splitter.end()).toBeUndefined();
  });

  it('gives the same lines however the stream is cut, within characters too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll('\n', ' '))),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (lines, sizes) => {
          const stream = bytes(lines.map((line) => `${line}\n`).join(''));
          const splitter = new LineSplitter(1_000);
          const found: Line[] = [];
          for (let at = 0, i = 0; at < stream.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            found.push(...splitter.push(stream.slice(at, at + size)));
            at += size;
          }
          expect(found).toEqual(lines.map(text));
        },
      ),
      { seed: 20_261_123 },
    );
  });

  it('reports a line that is too long once, drops it, and goes on with the next', () => {
    const splitter = new LineSplitter(4);
    expect(splitter.push(bytes('12345'))).toEqual([tooLong]);
    expect(splitter.push(bytes('678'))).toEqual([]);
    expect(splitter.push(bytes('9\n1234\n'))).toEqual([text('1234')]);
  });

  it('does not mend what is not UTF-8, and goes on', () => {
    const splitter = new LineSplitter(100);
    expect(splitter.push(Uint8Array.of(0x61, 0xff, 0x0a, 0x62, 0x0a))).toEqual([
      { kind: 'not_utf8' },
      text('b'),
    ]);
  });

  it('gives what stands after the last LF at the end', () => {
    const splitter = new LineSplitter(10);
    expect(splitter.push(bytes('whole\npart'))).toEqual([text('whole')]);
    expect(splitter.end()).toEqual(text('part'));
  });
});
