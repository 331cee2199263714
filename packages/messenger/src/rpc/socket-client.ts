import type { GravyClient } from '../api/client.js';
import type { GravyEvent } from '../api/events.js';
import { type Incoming, OpenCalls } from './open-calls.js';

/** As it comes: the far side is the server that the page itself came from, and is of its version. */
const TRUSTED: Incoming = {
  result: (_method, value) => value,
  event: (method, params) => ({ method, params }) as GravyEvent,
};

/** A `GravyClient` of a page, and what its socket has to tell it. */
export interface SocketClient extends GravyClient {
  /** Takes the text of one message. @throws SyntaxError if it is not JSON */
  receive(message: string): void;
  /** The socket is closed; `message` is what open calls are told. */
  end(message: string): void;
}

/**
 * A `GravyClient` over a WebSocket (or anything that carries texts whole) that somebody else opens
 * and hands messages from. Browser-safe: no schemas, and nothing of Node.
 */
export function createSocketClient(socket: {
  send: (message: string) => void;
  close: () => void;
}): SocketClient {
  const calls = new OpenCalls({ incoming: TRUSTED, send: (message) => socket.send(message) });
  const ended = Promise.withResolvers<void>();
  return {
    closed: ended.promise,
    call: (method, params) => calls.call(method, params),
    onEvent: (listener) => calls.onEvent(listener),
    receive: (message) => calls.receive(message),
    end: (message) => {
      calls.end(message);
      ended.resolve();
    },
    close: async () => {
      socket.close();
      await ended.promise;
    },
  };
}
