import type * as z from 'zod';
import { ACCOUNT_METHODS } from './methods/account-methods.js';
import { CONTACT_METHODS } from './methods/contact-methods.js';
import { FILE_METHODS } from './methods/file-methods.js';
import { HISTORY_METHODS } from './methods/history-methods.js';
import { MESSAGE_METHODS } from './methods/message-methods.js';
import { SESSION_METHODS } from './methods/session-methods.js';
import { TUNNEL_METHODS } from './methods/tunnel-methods.js';

/** The API, once: every method with the schemas of its parameters and of its result. */
export const METHODS = {
  ...ACCOUNT_METHODS,
  ...CONTACT_METHODS,
  ...SESSION_METHODS,
  ...MESSAGE_METHODS,
  ...FILE_METHODS,
  ...HISTORY_METHODS,
  ...TUNNEL_METHODS,
} as const;

/** The name of a method. */
export type MethodName = keyof typeof METHODS;
/** What a caller may pass (defaults left out). */
export type ParamsOf<M extends MethodName> = z.input<(typeof METHODS)[M]['params']>;
/** What a handler gets (defaults filled in). */
export type CheckedParamsOf<M extends MethodName> = z.output<(typeof METHODS)[M]['params']>;
/** What a method answers. */
export type ResultOf<M extends MethodName> = z.output<(typeof METHODS)[M]['result']>;

export function isMethodName(text: string): text is MethodName {
  return Object.hasOwn(METHODS, text);
}
