import type * as z from 'zod';
import { InvalidCallError } from './client.js';
import { type CheckedParamsOf, isMethodName, type MethodName, METHODS } from './methods.js';

/** A call that fits the contract, as a discriminated union on `method`. */
export type CheckedCall<M extends MethodName = MethodName> = {
  [N in M]: { readonly method: N; readonly params: CheckedParamsOf<N> };
}[M];

/** @throws InvalidCallError naming the method, or the path of the parameter that does not fit. */
export function checkCall(method: string, params: unknown): CheckedCall {
  if (!isMethodName(method)) {
    throw new InvalidCallError('method', 'There is no such method. docs/rpc.md lists them all.');
  }
  const parsed = METHODS[method].params.safeParse(params);
  if (!parsed.success) throw invalidParams(parsed.error);
  return { method, params: parsed.data } as CheckedCall;
}

function invalidParams(error: z.ZodError): InvalidCallError {
  const [issue] = error.issues;
  if (issue === undefined) return new InvalidCallError('params', 'Invalid parameters.');
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...unknown].join('.');
  const what = issue.code === 'unrecognized_keys' ? 'is not known' : issue.message;
  return new InvalidCallError('params', `Parameter ${path === '' ? 'list' : path}: ${what}.`, path);
}
