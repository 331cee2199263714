// Nothing that a peer chose gets into a log: Spec 5.1. The library prints nothing; a caller may print its errors.
import { globSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import { clientKey, runHandshake, serverKey } from '../pair.js';

const MARK = 'CHOSEN-BY-THE-PEER';

function marked(length: number): Uint8Array {
  return new TextEncoder().encode(MARK.repeat(length)).subarray(0, length);
}

function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return inspect(error, { showHidden: true, depth: 9 });
  }
  throw new Error('it succeeded');
}

test('no error holds text of a message that it is about', () => {
  const client = (): ReturnType<typeof startHandshake> =>
    startHandshake({ ownKey: clientKey, peerId: serverKey.id });
  const hello = client();
  const server = awaitHandshake({ ownKey: serverKey }).receive(hello.message);
  const proof = hello.next.receive(server.message);
  const failures = [
    ...[1, 50, 1252].map((length) =>
      failureOf(() => awaitHandshake({ ownKey: serverKey }).receive(marked(length))),
    ),
    ...[50, 1137].map((length) => failureOf(() => client().next.receive(marked(length)))),
    failureOf(() => server.next.receive(marked(149))),
    failureOf(() => proof.next.receive(marked(117))),
    failureOf(() => runHandshake().client.open(marked(286))),
  ];
  for (const failure of failures) {
    expect(failure).toMatch(/^ProtocolError|code:/u);
    expect(failure).not.toContain(MARK);
    expect(failure).not.toContain(Buffer.from(MARK).toString('hex'));
    expect(failure).not.toContain(Array.from(marked(4)).join(', '));
  }
});

test('the library writes nothing by itself', () => {
  const folder = new URL('../../src/', import.meta.url);
  const files = globSync('**/*.ts', { cwd: folder });
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const source = readFileSync(new URL(file, folder), 'utf8');
    expect(source, file).not.toMatch(
      /\bconsole\.|process\.(?:stdout|stderr)|process\.emitWarning/u,
    );
  }
});
