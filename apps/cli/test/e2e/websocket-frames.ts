const END_OF_HEADER = '\r\n\r\n';

/**
 * The payloads of the WebSocket frames (RFC 6455 section 5.2) in one direction of a captured
 * connection, unmasked: on the wire everything a client sends is hidden under a mask that stands
 * beside it.
 */
export function payloadsIn(captured: Buffer): Buffer[] {
  const payloads: Buffer[] = [];
  let at = captured.indexOf(END_OF_HEADER) + END_OF_HEADER.length;
  while (at < captured.length) {
    const second = captured.readUInt8(at + 1);
    let length = second & 0x7f;
    at += 2;
    if (length === 126) {
      length = captured.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(captured.readBigUInt64BE(at));
      at += 8;
    }
    const isMasked = second >= 0x80;
    const mask = isMasked ? captured.subarray(at, at + 4) : Buffer.alloc(4);
    at += isMasked ? 4 : 0;
    const masked = captured.subarray(at, at + length);
    payloads.push(Buffer.from(masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0))));
    at += length;
  }
  return payloads;
}
