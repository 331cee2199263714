import * as z from 'zod';
import {
  contactReferenceSchema,
  messageSchema,
  messageStateSchema,
  timeSchema,
} from '../schemas.js';
import { method, none, onContact, opaqueId } from './method.js';

export const MESSAGE_METHODS = {
  'message.send': method(
    'account',
    'Stores a text and sends it as soon as a session with the contact exists.',
    z.strictObject({
      contact: contactReferenceSchema,
      text: z
        .string()
        .min(1, 'an empty text cannot be sent')
        .refine((text) => text.isWellFormed(), 'text has half a surrogate pair'),
      replyTo: opaqueId.optional(),
    }),
    z.strictObject({ id: z.string(), at: timeSchema, state: messageStateSchema }),
  ),
  'message.cancel': method(
    'account',
    'Takes back a text that is still queued.',
    z.strictObject({ id: opaqueId }),
    none,
  ),
  'message.delete': method(
    'account',
    'Deletes a message on this side only. `contact` is needed only where a peer has used one id twice.',
    z.strictObject({ id: opaqueId, contact: contactReferenceSchema.optional() }),
    none,
  ),
  'message.markRead': method(
    'account',
    'Counts messages up to this one as read, and says so to the contact if both allow it.',
    z.strictObject({ contact: contactReferenceSchema, upTo: opaqueId }),
    none,
  ),
  'message.typing': method(
    'account',
    'The person is writing: told to the contact if both allow it, at most every 3 s.',
    onContact,
    none,
  ),
  'message.history': method(
    'account',
    'A page of a conversation, newest last; `before` is exclusive. Long texts make it shorter than `limit`.',
    z.strictObject({
      contact: contactReferenceSchema,
      before: opaqueId.optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    z.strictObject({ messages: z.array(messageSchema), more: z.boolean() }),
  ),
} as const;
