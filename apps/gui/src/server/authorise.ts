import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Admission, Doorkeeper } from './doorkeeper.js';
import type { PageSession } from './page-sessions.js';

const BEARER = 'Bearer ';

export type Authorise = MiddlewareHandler<{ Variables: { session: PageSession } }>;

export function statusOf(admission: Exclude<Admission<unknown>, { kind: 'admitted' }>): 401 | 429 {
  return admission.kind === 'locked' ? 429 : 401;
}

/** Lets through who shows the token of a session in `Authorization`. A locked page gets nothing. */
export function authoriser(doorkeeper: Doorkeeper): Authorise {
  return createMiddleware<{ Variables: { session: PageSession } }>(async (context, next) => {
    const authorization = context.req.header('Authorization') ?? '';
    const token = authorization.startsWith(BEARER) ? authorization.slice(BEARER.length) : '';
    const admission = doorkeeper.admitByToken(token);
    if (admission.kind !== 'admitted') {
      return context.json({ error: admission.kind }, statusOf(admission));
    }
    if (admission.value.isLocked) return context.json({ error: 'locked' }, 403);
    context.set('session', admission.value);
    return next();
  });
}
