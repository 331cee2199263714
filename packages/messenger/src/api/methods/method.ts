import * as z from 'zod';
import { contactReferenceSchema } from '../schemas.js';

/** Who answers: the process itself, or the account that is open (perhaps in another process). */
export type Scope = 'process' | 'account';

export const none = z.strictObject({});
export const onContact = z.strictObject({ contact: contactReferenceSchema });
export const name = z.string().min(1).max(256);
/** An id that this API gave out: of a message, a session or an invite. */
export const opaqueId = z.string().max(64);
/** A public key as people give it. */
export const publicKey = z.string().max(4096);
export const url = z.string().min(1).max(2048);

/** One method of the API: who answers it, what it is for, and the schemas of parameters and result. */
export function method<S extends Scope, P extends z.ZodType, R extends z.ZodType>(
  scope: S,
  summary: string,
  params: P,
  result: R,
): { scope: S; summary: string; params: P; result: R } {
  return { scope, summary, params, result };
}
