import type { Duplex } from './duplex.js';
import { ENDED, type MessageReader } from './message-reader.js';

interface Exchange {
  readonly duplex: Duplex;
  readonly reader: MessageReader;
  readonly message: Uint8Array;
  /** Makes the error for a connection that ends meanwhile. */
  readonly ended: (cause?: unknown) => Error;
}

/** Sends a handshake message. */
export async function sendMessage({
  duplex,
  message,
  ended,
}: Omit<Exchange, 'reader'>): Promise<void> {
  try {
    await duplex.send(message);
  } catch (cause) {
    throw ended(cause);
  }
}

/** Receives a handshake message. */
export async function receiveMessage({
  reader,
  ended,
}: Pick<Exchange, 'reader' | 'ended'>): Promise<Uint8Array> {
  const message = await reader.take();
  if (message === ENDED) throw ended();
  return message;
}

/** Sends a handshake message and receives the next one. */
export async function exchange(options: Exchange): Promise<Uint8Array> {
  await sendMessage(options);
  return receiveMessage(options);
}
