// Codes of the CLOSE record: Spec 5.

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

/** Whether an end with this code may be followed by dialling again without the user asking for it. */
export function mayReconnectAfter(code: CloseCode): boolean {
  switch (code) {
    case CLOSE_CODE.normal:
    case CLOSE_CODE.noLongerContact:
    case CLOSE_CODE.superseded:
    case CLOSE_CODE.kicked:
      return false;
    case CLOSE_CODE.shutdown:
    case CLOSE_CODE.protocolError:
    case CLOSE_CODE.rekeyTimeout:
    case CLOSE_CODE.sessionAge:
      return true;
    default:
      return code satisfies never;
  }
}
