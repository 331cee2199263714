/** What the shell learns. The numbers are a contract: scripts test for them. */
export const EXIT_CODES = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** Wrong password, or the account is locked. */
  locked: 3,
  /** No authenticated session came about, or it was lost. */
  unreachable: 4,
  /** There was a session, but the delivery was not confirmed in time. */
  notDelivered: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

const BY_ERROR_CODE: Readonly<Record<string, ExitCode>> = {
  wrong_password: EXIT_CODES.locked,
  locked: EXIT_CODES.locked,
  account_closed: EXIT_CODES.locked,
  unreachable: EXIT_CODES.unreachable,
  peer_not_authentic: EXIT_CODES.unreachable,
  not_accepted: EXIT_CODES.unreachable,
  invite_used: EXIT_CODES.unreachable,
  no_address: EXIT_CODES.unreachable,
  not_public: EXIT_CODES.unreachable,
  session_lost: EXIT_CODES.unreachable,
  not_delivered: EXIT_CODES.notDelivered,
  usage: EXIT_CODES.wrongUsage,
  password_needed: EXIT_CODES.wrongUsage,
  account_needed: EXIT_CODES.wrongUsage,
  confirmation_needed: EXIT_CODES.wrongUsage,
  terminal_needed: EXIT_CODES.wrongUsage,
  interrupted: EXIT_CODES.interrupted,
};

/** The exit code for an error's `code`, of this program or of the core. */
export function exitCodeFor(code: string): ExitCode {
  return BY_ERROR_CODE[code] ?? EXIT_CODES.failed;
}
