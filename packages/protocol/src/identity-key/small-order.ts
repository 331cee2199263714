// The 8 points of small order on edwards25519: Spec 0.4. With such a key or nonce point one signature fits many messages.
import { coordinateOf, FIELD_PRIME } from './canonical.js';

/** y of two of the four points of order 8; the other two have its negative. */
const ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/** y of all of them: orders 4, 1, 2 and 8. */
const COORDINATES = /* @__PURE__ */ new Set([
  0n,
  1n,
  FIELD_PRIME - 1n,
  ORDER_8,
  FIELD_PRIME - ORDER_8,
]);

/** Whether the 32 bytes encode a point of small order, in canonical form or not. Points are public: this need not be constant-time. */
export function isSmallOrder(encoding: Uint8Array): boolean {
  return COORDINATES.has(coordinateOf(encoding) % FIELD_PRIME);
}
