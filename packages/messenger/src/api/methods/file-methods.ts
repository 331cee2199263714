import * as z from 'zod';
import { contactReferenceSchema, fileSchema } from '../schemas.js';
import { method, none, opaqueId } from './method.js';

const path = z.string().min(1).max(4096);
/** `contact` is needed only where peers have used one id twice. */
const onFile = z.strictObject({ id: opaqueId, contact: contactReferenceSchema.optional() });

export const FILE_METHODS = {
  'file.send': method(
    'account',
    'Offers a file or a folder (`path` is absolute); it is sent once the contact accepts it.',
    z.strictObject({ contact: contactReferenceSchema, path }),
    z.strictObject({ id: z.string(), name: z.string(), size: z.int().nonnegative() }),
  ),
  'file.accept': method(
    'account',
    "Accepts an offered file, into `directory` or the account's own folder; takes a paused one up again.",
    onFile.extend({ directory: path.optional() }),
    none,
  ),
  'file.decline': method('account', 'Declines an offered file.', onFile, none),
  'file.cancel': method('account', 'Ends a transfer, from either side.', onFile, none),
  'file.list': method(
    'account',
    'Files sent and received, newest first; with `id` the one, or those of several contacts that have it, however old.',
    z.strictObject({
      id: z.string().optional(),
      contact: contactReferenceSchema.optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.array(fileSchema),
  ),
} as const;
