import type { Duplex } from '@gravy/protocol';
import { type Connection, giveBack } from '@gravy/transport';

/** A connection for a channel, which is done with a message when it asks for the next: the memory of large ones is given back. */
export function releasing(connection: Connection): Duplex {
  return {
    send: (bytes) => connection.send(bytes),
    messages: releasingEach(connection.messages),
    close: () => connection.close(),
    terminate: () => connection.terminate(),
    closed: connection.closed,
  };
}

async function* releasingEach(messages: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const message of messages) {
    yield message;
    giveBack(message);
  }
}
