import type { Duplex } from '@gravy/protocol';
import { type Connection, giveBack, LARGE_MESSAGE_BYTES } from '@gravy/transport';

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

/** By hand: a generator holds on to promises of its own for each guest that waits (docs/decisions/0013). */
function releasingEach(messages: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => {
      const inner = messages[Symbol.asyncIterator]();
      let large: Uint8Array | undefined;
      const note = (result: IteratorResult<Uint8Array>): IteratorResult<Uint8Array> => {
        // Small ones are not held on to: ten thousand guests have one each.
        const isLarge = result.done !== true && result.value.length >= LARGE_MESSAGE_BYTES;
        large = isLarge ? result.value : undefined;
        return result;
      };
      return {
        next: () => {
          if (large !== undefined) giveBack(large);
          return inner.next().then(note);
        },
      };
    },
  };
}
