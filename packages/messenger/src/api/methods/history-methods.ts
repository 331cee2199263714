import * as z from 'zod';
import { contactReferenceSchema, timeSchema } from '../schemas.js';
import { method, none } from './method.js';

const path = z.string().min(1).max(4096);

export const HISTORY_METHODS = {
  'message.search': method(
    'account',
    'Messages that have all words of the query, each as the beginning of a word, newest first; case and accents do not count.',
    z.strictObject({
      query: z.string().min(1).max(1024),
      contact: contactReferenceSchema.optional(),
      limit: z.int().min(1).max(500).default(50),
      offset: z.int().nonnegative().default(0),
    }),
    z.strictObject({
      matches: z.array(
        z.strictObject({
          id: z.string(),
          contact: z.string(),
          at: timeSchema,
          snippet: z.string(),
          /** What was found, as pairs of offsets into the snippet, in UTF-16 code units. */
          highlights: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])),
        }),
      ),
      total: z.int().nonnegative(),
    }),
  ),
  'history.delete': method(
    'account',
    'Deletes a conversation on this side, for good. Received files stay unless `files` says otherwise.',
    z.strictObject({
      contact: contactReferenceSchema,
      files: z.enum(['keep', 'delete']).default('keep'),
    }),
    none,
  ),
  'history.export': method(
    'account',
    'Writes a conversation to a new file (`path` is absolute), readable by its owner only.',
    z.strictObject({
      contact: contactReferenceSchema,
      format: z.enum(['json', 'text', 'html']),
      path,
    }),
    none,
  ),
} as const;
