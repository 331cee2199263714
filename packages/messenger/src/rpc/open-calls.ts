import type { GravyEvent } from '../api/events.js';
import type { MethodName, ParamsOf, ResultOf } from '../api/methods.js';
import { MessengerError } from '../errors.js';
import { type ErrorObject, errorFrom } from './error-object.js';

interface OpenCall {
  readonly method: MethodName;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** What is done with what comes in, before anybody sees it: for a far side that is not ours, a check. */
export interface Incoming {
  result(method: MethodName, value: unknown): unknown;
  /** Undefined for an event that this side does not know. */
  event(method: string, params: unknown): GravyEvent | undefined;
}

/**
 * A caller's half of JSON-RPC 2.0 without a connection: what was asked and not answered yet, and who
 * listens to events. Nothing of Node and no schemas: it runs in a page.
 */
export class OpenCalls {
  readonly #incoming: Incoming;
  readonly #send: (message: string) => void;
  readonly #open = new Map<number, OpenCall>();
  readonly #listeners = new Set<(event: GravyEvent) => void>();
  #nextId = 1;
  #isEnded = false;

  constructor(options: { incoming: Incoming; send: (message: string) => void }) {
    this.#incoming = options.incoming;
    this.#send = options.send;
  }

  call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
    return new Promise((resolve, reject) => {
      if (this.#isEnded) {
        reject(new MessengerError('connection_closed', 'This connection is closed.'));
        return;
      }
      const id = this.#nextId++;
      this.#open.set(id, { method, resolve, reject });
      this.#send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  onEvent(listener: (event: GravyEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes one message of the far side. @throws SyntaxError, or what a check of `Incoming` throws. */
  receive(message: string): void {
    const value = JSON.parse(message) as {
      id?: unknown;
      method?: unknown;
      params?: unknown;
      result?: unknown;
      error?: ErrorObject;
    };
    if (typeof value.method === 'string') {
      const event = this.#incoming.event(value.method, value.params);
      if (event !== undefined) for (const listener of this.#listeners) listener(event);
      return;
    }
    const call = typeof value.id === 'number' ? this.#open.get(value.id) : undefined;
    if (call === undefined) return;
    this.#open.delete(value.id as number);
    if (value.error !== undefined) call.reject(errorFrom(value.error));
    else call.resolve(this.#incoming.result(call.method, value.result) as never);
  }

  /** The connection is gone: every open call is told so, and so is each that comes later. */
  end(message: string): void {
    this.#isEnded = true;
    const gone = new MessengerError('connection_closed', message);
    for (const call of this.#open.values()) call.reject(gone);
    this.#open.clear();
  }
}
