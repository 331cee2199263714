import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type LineService, serveLines } from '../src/rpc/serve-lines.js';

const MEBIBYTE = 1_048_576;

/** Answers every call with a text of so many MiB. */
function serviceOf(mebibytes: number): LineService {
  const answer = 'x'.repeat(mebibytes * MEBIBYTE);
  return { call: async () => answer as never, onEvent: () => () => undefined };
}

const CALL = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'account.show' })}\n`;

describe('who is served', () => {
  it('gets an answer of any length, as long as it reads', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    let received = 0;
    output.on('data', (bytes: Buffer) => (received += bytes.length));
    const served = serveLines(serviceOf(70), { input, output });
    input.end(CALL);
    await served;
    output.end();
    await once(output, 'end');
    expect(received).toBeGreaterThan(70 * MEBIBYTE);
  });

  it('is cut off once it has left 64 MiB unread', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const served = serveLines(serviceOf(40), { input, output });
    input.write(CALL + CALL);
    input.end(CALL + CALL);
    await served;
    expect(output.destroyed).toBe(true);
  });
});
