import * as z from 'zod';
import {
  closeReasonSchema,
  fileSchema,
  fileStateSchema,
  hostStateSchema,
  inviteStateSchema,
  messageSchema,
  messageStateSchema,
  roleSchema,
  timeSchema,
} from './schemas.js';

/** Notifications, by name, with the schema of their parameters. Contacts are ids, never names. */
export const EVENTS = {
  /** The open account is none any more: locked here, or the process that had it open has ended. */
  'account.closed': z.strictObject({
    name: z.string(),
    reason: z.enum(['locked', 'owner_ended']),
  }),
  'session.opened': z.strictObject({ session: z.string(), contact: z.string(), role: roleSchema }),
  'session.closed': z.strictObject({
    session: z.string(),
    contact: z.string(),
    role: roleSchema,
    reason: closeReasonSchema,
    willReconnect: z.boolean(),
  }),
  /** No session with a contact, and an attempt to connect is due `at` this time; `code` says why the last one failed. */
  'session.retrying': z.strictObject({
    contact: z.string(),
    attempt: z.int().positive(),
    at: timeSchema,
    code: z.string().optional(),
    message: z.string().optional(),
  }),
  /** Connecting again was given up; `message` says why, and what to do. */
  'session.gaveUp': z.strictObject({ contact: z.string(), code: z.string(), message: z.string() }),
  'message.received': z.strictObject({ message: messageSchema }),
  'message.state': z.strictObject({
    id: z.string(),
    contact: z.string(),
    state: messageStateSchema,
  }),
  'contact.changed': z.strictObject({ contact: z.string() }),
  /** This account hosts elsewhere now and cannot tell the contact: `line` is what to send it by another way. */
  'contact.stranded': z.strictObject({ contact: z.string(), url: z.string(), line: z.string() }),
  'request.received': z.strictObject({ id: z.string() }),
  'invite.changed': z.strictObject({ id: z.string(), state: inviteStateSchema }),
  'file.offered': z.strictObject({ file: fileSchema }),
  /** At most four times a second for each file, and once when all of it was taken: that is told as one byte less, until it is checked. */
  'file.progress': z.strictObject({
    id: z.string(),
    bytes: z.int().nonnegative(),
    size: z.int().nonnegative(),
    bytesPerSecond: z.int().nonnegative(),
  }),
  'file.completed': z.strictObject({ id: z.string(), path: z.string().optional() }),
  /** It has ended for good, or is `paused` until its reason is gone. */
  'file.failed': z.strictObject({ id: z.string(), state: fileStateSchema, reason: z.string() }),
  typing: z.strictObject({ contact: z.string() }),
  'host.changed': z.strictObject({
    running: z.boolean(),
    url: z.string().optional(),
    state: hostStateSchema,
    /** Why, where that is not plain. */
    message: z.string().optional(),
  }),
} as const satisfies Record<string, z.ZodType>;

/** The name of an event. */
export type EventName = keyof typeof EVENTS;

/** An event as a discriminated union on `method`, the shape of its JSON-RPC notification. */
export type GravyEvent = {
  [N in EventName]: { readonly method: N; readonly params: z.output<(typeof EVENTS)[N]> };
}[EventName];

export function isEventName(text: string): text is EventName {
  return Object.hasOwn(EVENTS, text);
}
