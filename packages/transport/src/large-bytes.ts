// The memory of large messages. V8 collects what nobody needs any more, but marks the whole heap after every few megabytes of
// it: that took more time than all the rest of a transfer (docs/decisions/0022).

/** From this many bytes on the memory of a message is given back; that of smaller ones is left to be collected. */
export const LARGE_MESSAGE_BYTES = 2 ** 16;

/** The memory of large bytes, if nothing else is in it. */
function memoryOf({ buffer, byteLength }: Uint8Array): ArrayBuffer | undefined {
  const isAlone = byteLength >= LARGE_MESSAGE_BYTES && byteLength === buffer.byteLength;
  return isAlone && 'transfer' in buffer ? buffer : undefined;
}

/** Nothing else is in the memory of these large bytes: it can be taken over, and given back. */
export function isAloneInMemory(bytes: Uint8Array): boolean {
  return memoryOf(bytes) !== undefined;
}

/**
 * The same bytes, copied nowhere; they have no length any more for whoever gave them away. Undefined if they are not large, or
 * not alone in their memory.
 */
export function takeOver(bytes: Uint8Array): Buffer<ArrayBuffer> | undefined {
  const memory = memoryOf(bytes)?.transfer();
  return memory && Buffer.from(memory);
}

/** Gives the memory of what was taken over back at once. */
export function giveBack(bytes: Uint8Array): void {
  memoryOf(bytes)?.transfer(0);
}
