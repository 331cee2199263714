import { z } from 'zod';

/** Unix time in milliseconds. */
export const timeSchema = z.int().nonnegative();

/** A contact as a caller names it: its `gravy1...` id, or the name it was given. */
export const contactReferenceSchema = z.string().min(1).max(4096);

export const accountSchema = z.strictObject({ name: z.string(), id: z.string() });

/** A message that came in is `delivered` once stored here and `read` once marked so. */
export const messageStateSchema = z.enum([
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'cancelled',
]);

export const messageSchema = z.strictObject({
  id: z.string(),
  contact: z.string(),
  direction: z.enum(['in', 'out']),
  at: timeSchema,
  receivedAt: timeSchema.optional(),
  text: z.string().optional(),
  state: messageStateSchema,
  replyTo: z.string().optional(),
});

export const contactSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  verified: z.boolean(),
  blocked: z.boolean(),
  online: z.boolean(),
  addresses: z.array(z.string()),
  unread: z.int().nonnegative(),
  lastMessage: messageSchema.optional(),
});

export const roleSchema = z.enum(['host', 'guest']);

export const sessionSchema = z.strictObject({
  id: z.string(),
  contact: z.string(),
  role: roleSchema,
  openedAt: timeSchema,
  /** The address of the other end, as the socket reports it: it proves nothing. */
  remote: z.string(),
  tunnel: z.boolean(),
});

export const closeReasonSchema = z.enum([
  'exit',
  'kicked',
  'peer_exit',
  'lost',
  'protocol_error',
  'superseded',
  'shutdown',
  'session_age',
  'rekey_timeout',
  'not_a_contact',
]);

export const tunnelChoiceSchema = z.enum(['none', 'quick', 'named']);

export type Message = z.output<typeof messageSchema>;
export type MessageState = z.output<typeof messageStateSchema>;
export type Contact = z.output<typeof contactSchema>;
export type SessionInfo = z.output<typeof sessionSchema>;
export type Role = z.output<typeof roleSchema>;
export type CloseReason = z.output<typeof closeReasonSchema>;
export type AccountInfo = z.output<typeof accountSchema>;
