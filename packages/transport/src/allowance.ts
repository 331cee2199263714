import type { Duplex } from 'node:stream';

/**
 * Cuts a socket that brings more than so many bytes from now on; the function given back ends the watch.
 * What a WebSocket message may be later is far more than a stranger needs, and would be held for each of
 * them until the message is whole.
 */
export function limitBytes(socket: Duplex, maxBytes: number): () => void {
  let received = 0;
  const count = (chunk: Buffer): void => {
    received += chunk.length;
    if (received > maxBytes) socket.destroy();
  };
  socket.on('data', count);
  return () => void socket.off('data', count);
}
