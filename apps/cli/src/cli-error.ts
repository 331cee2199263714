import type { ErrorCode } from '@gravy/messenger';

/** What can go wrong in the command line itself; everything else is the core's to say. */
export type CliErrorCode =
  /** Unknown option, missing argument, or options that do not go together. */
  | 'usage'
  /** A password is needed and there is no terminal to ask on. Give --password-file. */
  | 'password_needed'
  /** Several accounts exist. Give --account. */
  | 'account_needed'
  /** A deletion was not confirmed and there is no terminal to ask on. Give --confirm. */
  | 'confirmation_needed'
  /** The command works on a terminal only. */
  | 'terminal_needed'
  /** This home has no such account, or none at all. Create one. */
  | 'no_such_account'
  /** This home already has an account of that name. Choose another. */
  | 'account_exists'
  /** A password file cannot be read, or does not hold exactly one line. */
  | 'password_file'
  /** The person answered no. */
  | 'cancelled'
  /** The contact is blocked, so nothing is sent to it. Unblock it. */
  | 'contact_blocked'
  /** The process that had the account open has ended, or the account was locked. Open it again. */
  | 'account_closed'
  /** The session of a chat broke off. Connect again. */
  | 'session_lost'
  /** Some texts were not confirmed in time. They stay stored and are sent later. */
  | 'not_delivered'
  /** A line of the input could not be sent to anybody. */
  | 'not_sent'
  /** `gravy gui` without the package of the page. */
  | 'gui_missing'
  /** The page is not where it is built to. Build or install it again. */
  | 'page_missing'
  /** A signal, or Ctrl-C at a question. */
  | 'interrupted';

/** An outcome of the command line: what happened (`message`) and what to type next (`next`). */
export class CliError extends Error {
  /** One of the core's own where this program knows more than the core about what to do next. */
  readonly code: CliErrorCode | ErrorCode;
  readonly next: string | undefined;

  constructor(code: CliErrorCode | ErrorCode, message: string, next?: string) {
    super(message);
    this.name = 'CliError';
    this.code = code;
    this.next = next;
  }
}
