import { ReceiveQueue } from '../receive-queue.js';

/** The received messages of a duplex; `onAbandoned` when the reader leaves before the end. */
export function messageQueue(onAbandoned: () => void): ReceiveQueue<Uint8Array> {
  return new ReceiveQueue({ bytesOf: (message) => message.length, onAbandoned });
}
