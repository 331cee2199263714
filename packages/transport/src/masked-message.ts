// Masking a large message where it is: RFC 6455, sections 5.2 and 5.3.
import type { Duplex } from 'node:stream';
import { Sender as WebSocketSender } from 'ws';

declare module 'ws' {
  /** What ws exports without types or documentation: how it frames. */
  export const Sender: {
    frame(
      data: Buffer,
      options: { opcode: number; fin: boolean; rsv1: boolean; mask: boolean; readOnly: boolean },
    ): Buffer[];
  };
}

const OPCODE_BINARY = 2;

/**
 * Writes a client's binary message, masked in its own memory, in place of `WebSocket.send`, which masks a copy: nobody gives
 * the memory of that back. `onWritten` is called when `message` is not needed any more.
 */
export function writeMasked(
  stream: Duplex,
  message: Buffer,
  onWritten: (error?: Error | null) => void,
): void {
  const parts = WebSocketSender.frame(message, {
    opcode: OPCODE_BINARY,
    fin: true,
    rsv1: false,
    mask: true,
    readOnly: false,
  });
  const last = parts.pop() ?? message;
  for (const part of parts) stream.write(part);
  stream.write(last, onWritten);
}
