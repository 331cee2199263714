// Record kinds: Spec 3.4.

/** Kinds 0 to 31 belong to the protocol; only the channel seals them. */
export const PROTOCOL_KIND = {
  ping: 3,
  pong: 4,
  rekey1: 16,
  rekey2: 17,
  rekeyRequest: 18,
  close: 31,
} as const;

/**
 * Kinds 32 to 255 belong to the application. Up to `lastFatal` a kind the application does not know ends the session
 * (`channel.close(CLOSE_CODE.protocolError)` is the answer to a malformed body; an unknown kind is cut with `channel.reject()`);
 * from `firstIgnorable` on an unknown kind is ignored.
 */
export const APPLICATION_KIND = {
  first: 32,
  lastFatal: 127,
  firstIgnorable: 128,
  last: 255,
} as const;

/** Whether `kind` is a whole number in the application's range. */
export function isApplicationKind(kind: number): boolean {
  return Number.isInteger(kind) && kind >= APPLICATION_KIND.first && kind <= APPLICATION_KIND.last;
}
