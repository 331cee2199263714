// What peers put into records, and what programs write to the interface.
import { mutate, type FuzzTarget, type SeededRandom } from '@gravy/testing';
import { checkCall } from '../../src/api/call.js';
import { InvalidCallError } from '../../src/api/client.js';
import { MalformedBodyError } from '../../src/application/cbor.js';
import { decodeAck, decodeText, encodeAck, encodeText } from '../../src/application/messages.js';
import { parseIncoming, type Request, type Response } from '../../src/rpc/json-rpc.js';
import { LineSplitter } from '../../src/rpc/line-splitter.js';

const id = new Uint8Array(16).fill(7);
const text = { id, at: 1_795_478_400_000, text: 'Grüße 👋', replyTo: id };
const acknowledgement = { ids: [id, new Uint8Array(16).fill(8)], state: 'read' } as const;

interface Body {
  readonly valid: Uint8Array;
  /** Decodes and encodes again; throws `MalformedBodyError`. */
  readonly pass: (bytes: Uint8Array) => Uint8Array;
}

const bodies: readonly Body[] = [
  { valid: encodeText(text), pass: (bytes) => encodeText(decodeText(bytes)) },
  { valid: encodeAck(acknowledgement), pass: (bytes) => encodeAck(decodeAck(bytes)) },
];

export const bodyTarget: FuzzTarget = {
  name: 'CBOR body',
  attempt: (random) => {
    const { valid, pass } = random.pick(bodies);
    const input = random.oneIn(10) ? random.bytes(random.below(80)) : mutate(random, valid);
    try {
      const once = pass(input);
      // Keys it does not know are dropped; what is left is stable.
      if (!Buffer.from(pass(once)).equals(once)) throw new Error('It changed on the way.');
    } catch (error) {
      if (!(error instanceof MalformedBodyError)) throw error;
    }
  },
};

const requests: readonly unknown[] = [
  { jsonrpc: '2.0', id: 1, method: 'account.list', params: {} },
  { jsonrpc: '2.0', id: 'a', method: 'contact.add', params: { id: 'gravy1', name: 'Bär' } },
  { jsonrpc: '2.0', id: 2, method: 'message.send', params: { contact: 'Bär', text: 'Grüße' } },
  [
    { jsonrpc: '2.0', id: null, method: 'account.create', params: { name: 'a', password: 'b' } },
    { jsonrpc: '2.0', method: 'session.list' },
  ],
];

function checkEntry(entry: Request | Response): void {
  if (!('kind' in entry)) {
    if (!('error' in entry)) throw new Error('A bad request was answered with a result.');
    return;
  }
  try {
    checkCall(entry.method, entry.params);
  } catch (error) {
    if (!(error instanceof InvalidCallError)) throw error;
  }
}

function chunksOf(random: SeededRandom, bytes: Uint8Array): readonly Uint8Array[] {
  const cut = random.below(bytes.length + 1);
  return [bytes.subarray(0, cut), bytes.subarray(cut)];
}

export const requestTarget: FuzzTarget = {
  name: 'JSON-RPC line',
  attempt: (random) => {
    const valid = Buffer.from(`${JSON.stringify(random.pick(requests))}\n`);
    const input = mutate(random, valid);
    const splitter = new LineSplitter(1_000);
    for (const chunk of chunksOf(random, input)) {
      for (const line of splitter.push(chunk)) {
        if (line.kind !== 'text') continue;
        const incoming = parseIncoming(line.text);
        for (const entry of incoming.kind === 'single' ? [incoming.entry] : incoming.entries) {
          checkEntry(entry);
        }
      }
    }
  },
};
