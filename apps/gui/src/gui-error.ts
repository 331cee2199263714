/** What can go wrong when the page is to be served. */
export type GuiErrorCode =
  /** Another program listens on the port. Choose another, or 0. */
  | 'port_in_use'
  /** This user may not use the port. Choose one above 1023. */
  | 'port_forbidden'
  /** The page is not where it is built to. Build or install the package again. */
  | 'page_missing';

/** An error of this package: what happened and what to do (`message`), and a `code` for programs. */
export class GuiError extends Error {
  readonly code: GuiErrorCode;

  constructor(code: GuiErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'GuiError';
    this.code = code;
  }
}
