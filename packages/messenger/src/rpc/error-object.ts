import { InvalidCallError } from '../api/client.js';
import { isErrorCode, MessengerError } from '../errors.js';

export const METHOD_NOT_FOUND = -32_601;
export const INVALID_PARAMS = -32_602;
export const APPLICATION_ERROR = -32_000;

/** An error as it stands in an answer (JSON-RPC 2.0, section 5.1). */
export interface ErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What the far side's `failureFrom` was given, as an error again. */
export function errorFrom(error: ErrorObject): Error {
  const { code, message, data = {} } = error;
  if (code === METHOD_NOT_FOUND) return new InvalidCallError('method', message);
  if (code === INVALID_PARAMS) {
    return new InvalidCallError(
      'params',
      message,
      typeof data['path'] === 'string' ? data['path'] : '',
    );
  }
  const { code: name, ...rest } = data;
  const details = Object.fromEntries(
    Object.entries(rest).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
  return new MessengerError(isErrorCode(name) ? name : 'internal', message, { details });
}
