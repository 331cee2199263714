// Spec 1.3: what Node's parser gives up on may be HTTP all the same, and then gets the same answer as everything else.

/** RFC 9112: the request line, of whose method the parser may have taken any part before it gave up. */
const WHOLE_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]* [!-~]+ HTTP\/1\.[01]\r\n/u;
const BEGINNING = /^[!#$%&'*+.^_`|~0-9A-Za-z-]*(?: (?:[!-~]+(?: [HTP/1.0\r]*)?)?)?$/u;
const MAX_LINE_CHARACTERS = 16_384;

/** Errors that come only after a request line: the headers are too long, or contradict each other. */
const AFTER_THE_LINE: ReadonlySet<unknown> = new Set([
  'HPE_HEADER_OVERFLOW',
  'HPE_INVALID_CONTENT_LENGTH',
  'HPE_UNEXPECTED_CONTENT_LENGTH',
  'HPE_INVALID_TRANSFER_ENCODING',
]);

/** Whether what a client has sent is HTTP: `unknown` until there is more of it. */
export type Verdict = 'http' | 'not http' | 'unknown';

/** Judges what the parser has given up on, packet by packet; one for each connection. */
export class BrokenRequest {
  #line = '';

  /** The parser's error, which it gives again with each further packet. */
  judge(error: Error): Verdict {
    const { code, rawPacket } = error as { code?: unknown; rawPacket?: unknown };
    if (AFTER_THE_LINE.has(code)) return 'http';
    // A method that the parser does not know; it sees the rest of the line only if that came at once.
    if (code !== 'HPE_INVALID_METHOD' || !Buffer.isBuffer(rawPacket)) return 'not http';
    this.#line += rawPacket.toString('latin1', 0, MAX_LINE_CHARACTERS);
    if (WHOLE_LINE.test(this.#line)) return 'http';
    const isOpen = this.#line.length < MAX_LINE_CHARACTERS && BEGINNING.test(this.#line);
    return isOpen ? 'unknown' : 'not http';
  }
}
