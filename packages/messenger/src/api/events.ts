import { z } from 'zod';
import { closeReasonSchema, messageSchema, messageStateSchema, roleSchema } from './schemas.js';

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
  'message.received': z.strictObject({ message: messageSchema }),
  'message.state': z.strictObject({
    id: z.string(),
    contact: z.string(),
    state: messageStateSchema,
  }),
  'contact.changed': z.strictObject({ contact: z.string() }),
  'host.changed': z.strictObject({
    running: z.boolean(),
    url: z.string().optional(),
    state: z.enum(['listening', 'stopped']),
  }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof EVENTS;

/** An event as a discriminated union on `method`, the shape of its JSON-RPC notification. */
export type GravyEvent = {
  [N in EventName]: { readonly method: N; readonly params: z.output<(typeof EVENTS)[N]> };
}[EventName];

export function isEventName(text: string): text is EventName {
  return Object.hasOwn(EVENTS, text);
}
