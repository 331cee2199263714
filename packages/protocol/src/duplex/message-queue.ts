import { ReceiveQueue } from '../receive-queue.js';

/** What an array costs besides its bytes: a peer that sends empty messages must not fill memory with them. */
const MESSAGE_OVERHEAD_BYTES = 128;

/** The received messages of a duplex; `onAbandoned` when the reader leaves before the end. */
export function messageQueue(onAbandoned: () => void): ReceiveQueue<Uint8Array> {
  return new ReceiveQueue({
    bytesOf: (message) => message.length + MESSAGE_OVERHEAD_BYTES,
    onAbandoned,
  });
}
