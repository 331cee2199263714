import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Gravy } from '@gravy/messenger';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Authorise } from './authorise.js';
import type { Parcels } from './parcels.js';

const MAX_NAME_LENGTH = 1024;
const MAX_BODY_BYTES = 4096;

/** Files, exports and backups as streams: they are too big for messages of JSON. */
export function fileRoutes(services: {
  gravy: Gravy;
  parcels: Parcels;
  authorise: Authorise;
}): Hono {
  const { gravy, parcels, authorise } = services;
  const app = new Hono();

  /** Brings a file; the path it got is what the page then tells Gravy. */
  app.post('/files', authorise, async (context) => {
    const name = context.req.query('name') ?? '';
    const { body } = context.req.raw;
    if (name.length > MAX_NAME_LENGTH) return context.json({ error: 'too_large' }, 413);
    return context.json({ path: await parcels.receive(name, body ?? new Blob([]).stream()) });
  });

  /** What was brought is not needed any more. */
  app.delete('/files', authorise, async (context) => {
    await parcels.discard(context.req.query('path') ?? '');
    return context.json({});
  });

  /** A file that has arrived. */
  app.get('/files/:id', authorise, async (context) => {
    const contact = context.req.query('contact') ?? '';
    const id = context.req.param('id');
    const [file] = await gravy.call('file.list', { id, contact }).catch(() => []);
    const isHere = file?.direction === 'in' && file.state === 'done' && !file.folder;
    if (!isHere || file.path === undefined) return context.json({ error: 'no_such_file' }, 404);
    return attachment(context, file.path);
  });

  /** A place for something that Gravy writes and the page fetches. */
  app.post(
    '/parcels',
    authorise,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => context.json({ error: 'too_large' }, 413),
    }),
    async (context) => {
      const { name } = await context.req.json<{ name?: unknown }>();
      return context.json(await parcels.expect(typeof name === 'string' ? name : ''));
    },
  );
  app.get('/parcels/:id', authorise, async (context) => {
    const path = parcels.take(context.req.param('id'));
    if (path === undefined) return context.json({ error: 'no_such_file' }, 404);
    return attachment(context, path, () => parcels.discard(path));
  });
  return app;
}

/** To be saved and never shown, whatever is in it. */
async function attachment(
  context: Context,
  path: string,
  afterwards?: () => Promise<void>,
): Promise<Response> {
  const { size } = await stat(path);
  // Before anything is opened, which nobody would close: half a character cannot be encoded.
  const name = encodeURIComponent(basename(path));
  const stream = createReadStream(path);
  // The answer is given by then: nobody waits to hear that something of it has stayed.
  if (afterwards !== undefined) stream.once('close', () => afterwards().catch(() => undefined));
  return context.body(Readable.toWeb(stream) as ReadableStream, 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(size),
    'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
    'Content-Security-Policy': 'sandbox',
  });
}
