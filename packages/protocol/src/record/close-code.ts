// Codes of the CLOSE record: Spec 5.3.

/** Why a session ends, as the number in a CLOSE record. */
export const CLOSE_CODE = {
  normal: 0,
  shutdown: 1,
  protocolError: 2,
  rekeyTimeout: 3,
  noLongerContact: 4,
  sessionAge: 5,
  superseded: 6,
  kicked: 7,
} as const;

/** One of the numbers in `CLOSE_CODE`. */
export type CloseCode = (typeof CLOSE_CODE)[keyof typeof CLOSE_CODE];

/** Unknown codes count as normal. */
export function closeCodeOf(value: number): CloseCode {
  return Object.values(CLOSE_CODE).find((code) => code === value) ?? CLOSE_CODE.normal;
}

const FINAL: ReadonlySet<CloseCode> = new Set([
  CLOSE_CODE.normal,
  CLOSE_CODE.noLongerContact,
  CLOSE_CODE.superseded,
  CLOSE_CODE.kicked,
]);

/** Whether an end with this code may be followed by dialling again without the user asking for it. */
export function mayReconnectAfter(code: CloseCode): boolean {
  return !FINAL.has(code);
}
