import { wipe } from './bytes.js';

/** A secret that can be overwritten: bytes, or a key that knows how. */
export type Erasable = Uint8Array | { erase(): void };

export function eraseAll(secrets: Iterable<Erasable>): void {
  for (const secret of secrets) {
    if (secret instanceof Uint8Array) wipe(secret);
    else secret.erase();
  }
}
