import { ReceiveQueue } from '../receive-queue.js';
import type { ReceivedRecord } from '../record/received-record.js';

/** The received records of a channel; `onAbandoned` when the application leaves before the end. */
export function recordQueue(onAbandoned: () => void): ReceiveQueue<ReceivedRecord> {
  return new ReceiveQueue({ bytesOf: ({ body }) => body.length, onAbandoned });
}
