import type { Readable, Writable } from 'node:stream';
import type { GravyClient } from '../api/client.js';
import type { MethodName } from '../api/methods.js';
import {
  failure,
  failureFrom,
  INVALID_REQUEST,
  PARSE_ERROR,
  parseIncoming,
  type Request,
  type Response,
  success,
} from './json-rpc.js';
import { type Line, LineSplitter } from './line-splitter.js';

/** A text of 64 KiB, every character escaped as \uXXXX, with room for the rest of a batch. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;
/** A reader that lets this much pile up is not reading: it is cut off rather than fill memory. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

/** What lines are served from: the whole program, or one open account. */
export type LineService = Pick<GravyClient, 'call' | 'onEvent'>;

/** JSON in one line for every reader, also for those that take U+2028 and U+2029 as ends of lines. */
function lineOf(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}

/**
 * Serves JSON-RPC 2.0, one JSON object a line, until `input` ends. Requests start in the order they
 * come and are answered as they finish. Resolves once everything has been answered; never rejects.
 */
export async function serveLines(
  service: LineService,
  streams: { input: Readable; output: Writable },
  options: { events: 'from the start' | 'after events.subscribe' } = { events: 'from the start' },
): Promise<void> {
  const { input, output } = streams;
  const splitter = new LineSplitter(MAX_LINE_BYTES);
  const underWay = new Set<Promise<void>>();
  let unsubscribe: (() => void) | undefined;

  // The far side may vanish at any moment; what it no longer reads is nobody's error.
  output.on('error', () => input.destroy());
  const write = (value: unknown): void => {
    if (!output.writable) return;
    // What counts is what nobody has read by now: one long answer is nobody's fault.
    if (output.writableLength > MAX_UNREAD_BYTES) output.destroy();
    else output.write(`${lineOf(value)}\n`);
  };
  const subscribe = (): void => {
    unsubscribe ??= service.onEvent((event) => write({ jsonrpc: '2.0', ...event }));
  };

  const carryOut = async (entry: Request | Response): Promise<Response | undefined> => {
    if (!('kind' in entry)) return entry;
    const { id, method, params } = entry;
    try {
      // Every service checks its calls against the contract itself; here nothing is known of them.
      const result = await service.call(method as MethodName, params as never);
      if (method === 'events.subscribe') subscribe();
      return id === undefined ? undefined : success(id, result);
    } catch (error) {
      return id === undefined ? undefined : failureFrom(id, error);
    }
  };
  const handle = async (line: string): Promise<void> => {
    const incoming = parseIncoming(line);
    if (incoming.kind === 'single') {
      const answer = await carryOut(incoming.entry);
      if (answer !== undefined) write(answer);
      return;
    }
    const answers = await Promise.all(incoming.entries.map(carryOut));
    const present = answers.filter((answer) => answer !== undefined);
    if (present.length === 0) return;
    try {
      write(present);
    } catch {
      // All answers together are longer than a string can be.
      write(failure(null, INVALID_REQUEST, 'The answers to this batch are too long together.'));
    }
  };
  const begin = (line: Line): void => {
    if (line.kind === 'too_long') {
      write(failure(null, INVALID_REQUEST, `A line may have at most ${MAX_LINE_BYTES} bytes.`));
      return;
    }
    if (line.kind === 'not_utf8') {
      write(failure(null, PARSE_ERROR, 'This line is not UTF-8.'));
      return;
    }
    if (line.text.trim() === '') return;
    const work = handle(line.text).finally(() => underWay.delete(work));
    underWay.add(work);
  };

  if (options.events === 'from the start') subscribe();
  try {
    for await (const chunk of input) for (const line of splitter.push(chunk)) begin(line);
    const last = splitter.end();
    if (last !== undefined) begin(last);
  } catch {
    // The input broke off: what came whole is still carried out below.
  }
  await Promise.all(underWay);
  unsubscribe?.();
}
