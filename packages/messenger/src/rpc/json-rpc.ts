// JSON-RPC 2.0 (https://www.jsonrpc.org/specification), sections 4 to 6: the shapes, without I/O.
import * as z from 'zod';
import { InvalidCallError } from '../api/client.js';
import { MessengerError } from '../errors.js';
import {
  APPLICATION_ERROR,
  type ErrorObject,
  INVALID_PARAMS,
  METHOD_NOT_FOUND,
} from './error-object.js';

export const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;

export type RequestId = string | number | null;

export interface Request {
  readonly kind: 'request';
  /** Absent in a notification, which is carried out and never answered. */
  readonly id?: RequestId;
  readonly method: string;
  readonly params: unknown;
}

export type Response =
  | { readonly jsonrpc: '2.0'; readonly id: RequestId; readonly result: unknown }
  | { readonly jsonrpc: '2.0'; readonly id: RequestId; readonly error: ErrorObject };

const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string(),
  params: z.unknown().optional(),
});

/** One parsed line: requests to carry out, and answers to what was not a request. */
export type Incoming =
  | { readonly kind: 'single'; readonly entry: Request | Response }
  | { readonly kind: 'batch'; readonly entries: readonly (Request | Response)[] };

export function parseIncoming(line: string): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'single', entry: failure(null, PARSE_ERROR, 'This line is not JSON.') };
  }
  if (!Array.isArray(value)) return { kind: 'single', entry: parseRequest(value) };
  if (value.length === 0) {
    return { kind: 'single', entry: failure(null, INVALID_REQUEST, 'A batch needs a request.') };
  }
  return { kind: 'batch', entries: value.map(parseRequest) };
}

function parseRequest(value: unknown): Request | Response {
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) {
    const id = requestSchema.shape.id.safeParse((value as { id?: unknown } | null)?.id);
    return failure(
      (id.success ? id.data : undefined) ?? null,
      INVALID_REQUEST,
      'This is not a JSON-RPC 2.0 request: it needs "jsonrpc": "2.0" and a "method".',
    );
  }
  const { id, method, params } = parsed.data;
  return { kind: 'request', ...(id === undefined ? {} : { id }), method, params: params ?? {} };
}

export function success(id: RequestId, result: unknown): Response {
  return { jsonrpc: '2.0', id, result };
}

export function failure(
  id: RequestId,
  code: number,
  message: string,
  data?: Readonly<Record<string, unknown>>,
): Response {
  return { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}

/** What a thrown value becomes on the wire. An unforeseen one says nothing of its inside. */
export function failureFrom(id: RequestId, error: unknown): Response {
  if (error instanceof InvalidCallError) {
    return error.kind === 'method'
      ? failure(id, METHOD_NOT_FOUND, error.message)
      : failure(id, INVALID_PARAMS, error.message, { path: error.path });
  }
  if (error instanceof MessengerError) {
    return failure(id, APPLICATION_ERROR, error.message, { code: error.code, ...error.details });
  }
  return failure(id, APPLICATION_ERROR, 'Something went wrong inside Gravy. Please report it.', {
    code: 'internal',
  });
}
