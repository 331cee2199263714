import { describe, expect, it } from 'vitest';
import { BrokenRequest } from '../src/broken-request.js';

const failure = (code: string, packet: string | undefined): Error =>
  Object.assign(new Error('Parse Error'), {
    code,
    ...(packet === undefined ? {} : { rawPacket: Buffer.from(packet, 'latin1') }),
  });
/** What is thought after each packet. */
const verdicts = (...packets: string[]): string[] => {
  const request = new BrokenRequest();
  return packets.map((packet) => request.judge(failure('HPE_INVALID_METHOD', packet)));
};

describe('a request that the parser gave up on', () => {
  it.each([
    ['whole', ['BREW /pot HTTP/1.1\r\nHost: a\r\n']],
    ['in parts', ['BREW', ' /p', 'ot', ' HT', 'TP/1.1', '\r', '\n']],
    ['whose method was taken before', [' / HTTP/1.0\r\n']],
    ['in single bytes', 'EW * HTTP/1.1\r\n'.split('')],
  ])('is HTTP when its line is: %s', (_what, packets) => {
    const all = verdicts(...packets);
    expect(all.at(-1)).toBe('http');
    expect(all.slice(0, -1).every((verdict) => verdict === 'unknown')).toBe(true);
  });

  it.each([
    ['words', ['hello there\r\n']],
    ['no target', ['SSH-2.0-OpenSSH_9.9\r\n']],
    ['another version', ['GET2 / HTTP/2.0\r\n']],
    ['zeros', ['\0\0']],
    ['what is no token', ['BREW(1) / HTTP/1.1\r\n']],
    ['a control character', ['BREW /\x01']],
    ['a line without an end', ['x'.repeat(16_384)]],
    ['a line without an end, in parts', Array.from({ length: 17 }, () => 'x'.repeat(1_000))],
  ])('is not when it is not: %s', (_what, packets) => {
    expect(verdicts(...packets).at(-1)).toBe('not http');
  });

  it('is HTTP when only its headers contradict each other', () => {
    for (const code of ['HPE_UNEXPECTED_CONTENT_LENGTH', 'HPE_HEADER_OVERFLOW']) {
      expect(new BrokenRequest().judge(failure(code, undefined))).toBe('http');
    }
  });

  it.each(['HPE_INVALID_HEADER_TOKEN', 'HPE_INVALID_VERSION', 'ECONNRESET', 'HPE_INVALID_METHOD'])(
    'is not otherwise: %s',
    (code) => {
      expect(new BrokenRequest().judge(failure(code, undefined))).toBe('not http');
    },
  );
});
