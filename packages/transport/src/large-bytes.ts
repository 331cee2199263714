// The memory of large messages. V8 collects what nobody needs any more, but marks the whole heap whenever 64 MiB have come
// together, as they do in 250 messages of the largest size: that took more time than all the rest of a transfer.

/** From this many bytes on the memory of a message is given back; that of smaller ones is left to be collected. */
export const LARGE_MESSAGE_BYTES = 2 ** 16;

/** The memory of large bytes, if nothing else is in it. */
function memoryOf({ buffer, byteLength }: Uint8Array): ArrayBuffer | undefined {
  const isAlone = byteLength >= LARGE_MESSAGE_BYTES && byteLength === buffer.byteLength;
  return isAlone && 'transfer' in buffer ? buffer : undefined;
}

/** The same bytes, copied nowhere. Large ones have no length any more for whoever gave them away. */
export function takeOver(bytes: Uint8Array): Uint8Array {
  const memory = memoryOf(bytes);
  return memory === undefined ? bytes : new Uint8Array(memory.transfer());
}

/** Gives the memory of what was taken over back at once. */
export function giveBack(bytes: Uint8Array): void {
  memoryOf(bytes)?.transfer(0);
}
