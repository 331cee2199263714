import type { Readable, Writable } from 'node:stream';
import type { GravyClient } from '../api/client.js';
import { EVENTS, type GravyEvent, isEventName } from '../api/events.js';
import { METHODS } from '../api/methods.js';
import { LineSplitter } from './line-splitter.js';
import { type Incoming, OpenCalls } from './open-calls.js';

/** A page of 500 texts of 64 KiB, escaped, is about this much. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/** Everything is held against the contract: the process at the other end may be of another version. */
const CHECKED: Incoming = {
  result: (method, value) => METHODS[method].result.parse(value),
  event: (method, value) => {
    if (!isEventName(method)) return undefined; // an event of a newer version
    const params = EVENTS[method].safeParse(value);
    return params.success ? ({ method, params: params.data } as GravyEvent) : undefined;
  },
};

/** A `GravyClient` over two byte streams: a child's stdio, or an account's control socket. */
export function createStreamClient(streams: {
  input: Readable;
  output: Writable;
  /** Ends the connection for good. */
  end: () => void;
}): GravyClient {
  const { input, output } = streams;
  const splitter = new LineSplitter(MAX_ANSWER_BYTES);
  const calls = new OpenCalls({
    incoming: CHECKED,
    send: (message) => output.write(`${message}\n`),
  });

  const read = async (): Promise<void> => {
    try {
      for await (const chunk of input) {
        for (const line of splitter.push(chunk)) if (line.kind === 'text') calls.receive(line.text);
      }
    } catch {
      // A broken stream and a broken answer end alike: every open call is told below.
    }
    streams.end();
    calls.end('The process that has this account open has ended. Run the command again.');
  };
  output.on('error', () => input.destroy());
  const closed = read();

  return {
    closed,
    call: (method, params) => calls.call(method, params),
    onEvent: (listener) => calls.onEvent(listener),
    close: async () => {
      streams.end();
      await closed;
    },
  };
}
