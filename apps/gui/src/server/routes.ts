import type { Gravy } from '@gravy/messenger';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { authoriser, statusOf } from './authorise.js';
import type { Doorkeeper } from './doorkeeper.js';
import { fileRoutes } from './file-routes.js';
import type { PageFile } from './page-files.js';
import type { Parcels } from './parcels.js';

const MAX_BODY_BYTES = 1024;

interface Services {
  readonly gravy: Gravy;
  readonly doorkeeper: Doorkeeper;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly parcels: Parcels;
}

/** What is answered over HTTP; everything else is said over the page's WebSocket. */
export function routes({ gravy, doorkeeper, files, parcels }: Services): Hono {
  const app = new Hono();
  for (const [path, { type, body }] of files) {
    app.get(path, (context) => context.body(body, 200, { 'Content-Type': type }));
  }
  app.use(
    '/session/*',
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

  const authorise = authoriser(doorkeeper);
  app.post('/session/lock', authorise, async (context) => {
    // What is locked is a page that shows an account; without one there is nothing to hide.
    const account = await gravy.call('account.show', {}).catch(() => undefined);
    if (account !== undefined) doorkeeper.lock(account.name);
    return context.json({});
  });
  /** A launch code for one more window of the same person. */
  app.post('/session/share', authorise, (context) =>
    context.json({ code: doorkeeper.createLaunchCode() }),
  );
  app.route('/', fileRoutes({ gravy, parcels, authorise }));

  app.notFound((context) => context.json({ error: 'not_found' }, 404));
  // What went wrong inside is nobody's business outside.
  app.onError((_error, context) => context.json({ error: 'internal' }, 500));
  return app;
}
