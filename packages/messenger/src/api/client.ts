import type { GravyEvent } from './events.js';
import type { MethodName, ParamsOf, ResultOf } from './methods.js';

/**
 * The one way in: the same for a caller in this process, over stdio, and over an account's control
 * socket. Errors are `MessengerError` (an outcome) or `InvalidCallError` (the call itself is wrong).
 */
export interface GravyClient {
  /** Calls a method of the API. Rejects with `MessengerError` (an outcome) or `InvalidCallError` (the call is wrong). */
  call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>>;
  /** Calls `listener` for each event until the returned function is called. */
  onEvent(listener: (event: GravyEvent) => void): () => void;
  /** Resolves when the far side is gone; never for a caller in the same process that stays open. */
  readonly closed: Promise<void>;
  /** Ends it in order; resolves once everything is given back. */
  close(): Promise<void>;
}

/** A call that does not fit the contract: JSON-RPC -32601 (`method`) or -32602 (`params`). */
export class InvalidCallError extends Error {
  readonly kind: 'method' | 'params';
  /** Where in the parameters the offender stands, for example `text` or `urls.0`; empty at the top. */
  readonly path: string;

  constructor(kind: 'method' | 'params', message: string, path = '') {
    super(message);
    this.name = 'InvalidCallError';
    this.kind = kind;
    this.path = path;
  }
}
