import type { Gravy } from '@gravy/messenger';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Admission, Doorkeeper } from './doorkeeper.js';
import type { PageFile } from './page-files.js';
import type { PageSession } from './page-sessions.js';

const MAX_BODY_BYTES = 1024;
const BEARER = 'Bearer ';

interface Services {
  readonly gravy: Gravy;
  readonly doorkeeper: Doorkeeper;
  readonly files: ReadonlyMap<string, PageFile>;
}

function statusOf(admission: Exclude<Admission<unknown>, { kind: 'admitted' }>): 401 | 429 {
  return admission.kind === 'locked' ? 429 : 401;
}

/** What is answered over HTTP; everything else is said over the page's WebSocket. */
export function routes({ gravy, doorkeeper, files }: Services): Hono {
  const app = new Hono();
  for (const [path, { type, body }] of files) {
    app.get(path, (context) => context.body(body, 200, { 'Content-Type': type }));
  }
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => context.json({ error: 'too_large' }, 413),
    }),
  );

  app.post('/session/open', async (context) => {
    const body = (await context.req.json().catch(() => null)) as { code?: unknown } | null;
    const admission = doorkeeper.admitByCode(body?.code);
    if (admission.kind === 'admitted') return context.json(admission.value);
    return context.json({ error: admission.kind }, statusOf(admission));
  });

  const authorised = createMiddleware<{ Variables: { session: PageSession } }>(
    async (context, next) => {
      const authorization = context.req.header('Authorization') ?? '';
      const token = authorization.startsWith(BEARER) ? authorization.slice(BEARER.length) : '';
      const admission = doorkeeper.admitByToken(token);
      if (admission.kind !== 'admitted') {
        return context.json({ error: admission.kind }, statusOf(admission));
      }
      context.set('session', admission.value);
      return next();
    },
  );
  app.post('/session/lock', authorised, async (context) => {
    // What is locked is a page that shows an account; without one there is nothing to hide.
    const account = await gravy.call('account.show', {}).catch(() => undefined);
    if (account !== undefined) context.get('session').lock();
    return context.json({});
  });
  /** A launch code for one more window of the same person. */
  app.post('/session/share', authorised, (context) =>
    context.get('session').isLocked
      ? context.json({ error: 'locked' }, 403)
      : context.json({ code: doorkeeper.createLaunchCode() }),
  );

  app.notFound((context) => context.json({ error: 'not_found' }, 404));
  // What went wrong inside is nobody's business outside.
  app.onError((_error, context) => context.json({ error: 'internal' }, 500));
  return app;
}
