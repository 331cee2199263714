import { nodeBackend } from '../src/backend/node/node.js';
import { concatBytes } from '../src/bytes.js';
import { stepChain } from '../src/record/chain.js';
import type { Direction } from '../src/record/direction.js';
import { HEADER_BYTES, headerNonce, writeHeader } from '../src/record/header.js';

/** The next frame of a direction around any inside, also one that no sender may make. */
export function sealInside(direction: Direction, inside: Uint8Array): Uint8Array {
  const { messageKey } = stepChain(nodeBackend, direction.chainKey);
  const header = new Uint8Array(HEADER_BYTES);
  writeHeader(header, direction);
  const sealed = nodeBackend.aeadSeal(messageKey, headerNonce(header), header, inside);
  return concatBytes(header, sealed);
}
