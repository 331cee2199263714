import type { Readable, Writable } from 'node:stream';
import type { GravyClient } from '../api/client.js';
import { EVENTS, type GravyEvent, isEventName } from '../api/events.js';
import { METHODS, type MethodName, type ParamsOf, type ResultOf } from '../api/methods.js';
import { MessengerError } from '../errors.js';
import { type ErrorObject, errorFrom } from './json-rpc.js';
import { LineSplitter } from './line-splitter.js';

/** A page of 500 texts of 64 KiB, escaped, is about this much. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

interface Waiting {
  readonly method: MethodName;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** A `GravyClient` over two byte streams: a child's stdio, or an account's control socket. */
export function createStreamClient(streams: {
  input: Readable;
  output: Writable;
  /** Ends the connection for good. */
  end: () => void;
}): GravyClient {
  const { input, output } = streams;
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: GravyEvent) => void>();
  const splitter = new LineSplitter(MAX_ANSWER_BYTES);
  let nextId = 1;
  let isClosed = false;

  const receive = (line: string): void => {
    const value = JSON.parse(line) as {
      id?: unknown;
      method?: unknown;
      params?: unknown;
      result?: unknown;
      error?: ErrorObject;
    };
    if (typeof value.method === 'string') {
      if (!isEventName(value.method)) return; // an event of a newer version
      const params = EVENTS[value.method].safeParse(value.params);
      if (!params.success) return;
      const event = { method: value.method, params: params.data } as GravyEvent;
      for (const listener of listeners) listener(event);
      return;
    }
    const entry = typeof value.id === 'number' ? waiting.get(value.id) : undefined;
    if (entry === undefined) return;
    waiting.delete(value.id as number);
    if (value.error !== undefined) entry.reject(errorFrom(value.error));
    else entry.resolve(METHODS[entry.method].result.parse(value.result) as never);
  };
  const read = async (): Promise<void> => {
    try {
      for await (const chunk of input) {
        for (const line of splitter.push(chunk)) if (line.kind === 'text') receive(line.text);
      }
    } catch {
      // A broken stream and a broken answer end alike: every open call is told below.
    }
    isClosed = true;
    streams.end();
    const gone = new MessengerError(
      'connection_closed',
      'The process that has this account open has ended. Run the command again.',
    );
    for (const entry of waiting.values()) entry.reject(gone);
    waiting.clear();
  };
  output.on('error', () => input.destroy());
  const closed = read();

  return {
    closed,
    call: <M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new MessengerError('connection_closed', 'This connection is closed.'));
          return;
        }
        const id = nextId++;
        waiting.set(id, { method, resolve, reject });
        output.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      streams.end();
      await closed;
    },
  };
}
