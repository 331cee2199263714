import { z } from 'zod';
import {
  accountSchema,
  contactReferenceSchema,
  contactSchema,
  messageSchema,
  messageStateSchema,
  sessionSchema,
  timeSchema,
  tunnelChoiceSchema,
} from './schemas.js';

/** Who answers: the process itself, or the account that is open (perhaps in another process). */
export type Scope = 'process' | 'account';

const none = z.strictObject({});
const onContact = z.strictObject({ contact: contactReferenceSchema });
const password = z.string().min(1).max(1024);
const name = z.string().min(1).max(256);

function method<S extends Scope, P extends z.ZodType, R extends z.ZodType>(
  scope: S,
  summary: string,
  params: P,
  result: R,
): { scope: S; summary: string; params: P; result: R } {
  return { scope, summary, params, result };
}

/** The API, once: every method with the schemas of its parameters and of its result. */
export const METHODS = {
  'account.list': method(
    'process',
    'Accounts in this home, locked or not.',
    none,
    z.array(accountSchema),
  ),
  'account.create': method(
    'process',
    'Makes an account and unlocks it. A forgotten password cannot be recovered.',
    z.strictObject({ name, password }),
    accountSchema,
  ),
  'account.unlock': method(
    'process',
    'Opens an account; the one that was open here is locked first. The password is always checked.',
    z.strictObject({ name, password }),
    accountSchema,
  ),
  'account.lock': method('process', 'Ends all sessions and closes the account.', none, none),
  'account.delete': method(
    'process',
    'Deletes an account with its key, contacts and history. `confirm` repeats the name.',
    z.strictObject({ name, confirm: z.string() }),
    none,
  ),
  'account.show': method('account', 'Name and id of the open account.', none, accountSchema),
  'account.changePassword': method(
    'account',
    'Locks the key file with another password.',
    z.strictObject({ oldPassword: password, newPassword: password }),
    none,
  ),

  'contact.list': method('account', 'All contacts, by name.', none, z.array(contactSchema)),
  'contact.add': method(
    'account',
    'Adds a contact by its public key.',
    z.strictObject({ id: z.string().max(4096), name, url: z.string().max(2048).optional() }),
    contactSchema,
  ),
  'contact.rename': method(
    'account',
    'Gives a contact another name.',
    z.strictObject({ contact: contactReferenceSchema, name }),
    none,
  ),
  'contact.remove': method(
    'account',
    'Removes a contact and ends its sessions; the history stays.',
    onContact,
    none,
  ),
  'contact.block': method('account', 'Lets a contact in no more.', onContact, none),
  'contact.unblock': method('account', 'Lets a blocked contact in again.', onContact, none),
  'contact.replaceKey': method(
    'account',
    'Gives a contact a new key: history stays, verification is reset.',
    z.strictObject({ contact: contactReferenceSchema, id: z.string().max(4096) }),
    none,
  ),
  'contact.safetyNumber': method(
    'account',
    'The 12 groups of digits that both people compare.',
    onContact,
    z.strictObject({ number: z.string(), verified: z.boolean() }),
  ),
  'contact.setVerified': method(
    'account',
    'Records that the safety number was compared.',
    z.strictObject({ contact: contactReferenceSchema, verified: z.boolean() }),
    none,
  ),

  'host.start': method(
    'account',
    'Listens for contacts. Port 0 picks a free one.',
    z.strictObject({
      port: z.int().min(0).max(65_535).default(8080),
      hostname: z.string().min(1).max(255).default('127.0.0.1'),
      tunnel: tunnelChoiceSchema.default('none'),
    }),
    z.strictObject({
      localUrl: z.string(),
      url: z.string(),
      urls: z.array(z.string()),
      tunnel: tunnelChoiceSchema,
    }),
  ),
  'host.status': method(
    'account',
    'Whether this account hosts, where, and how many guests it has.',
    none,
    z.strictObject({
      running: z.boolean(),
      localUrl: z.string().optional(),
      url: z.string().optional(),
      tunnel: tunnelChoiceSchema.optional(),
      sessions: z.int().nonnegative(),
    }),
  ),
  'host.stop': method(
    'account',
    'Stops listening and ends the sessions of all guests.',
    none,
    none,
  ),

  'session.connect': method(
    'account',
    'Connects to a contact who hosts; answers once both sides are authenticated.',
    z.strictObject({ url: z.string().min(1).max(2048), contact: contactReferenceSchema }),
    z.strictObject({ session: z.string(), contact: z.string() }),
  ),
  'session.list': method('account', 'Open sessions, newest first.', none, z.array(sessionSchema)),
  'session.close': method(
    'account',
    "Ends a session: the host's kick, the guest's exit.",
    z.strictObject({ session: z.string().max(64) }),
    none,
  ),

  'message.send': method(
    'account',
    'Stores a text and sends it as soon as a session with the contact exists.',
    z.strictObject({
      contact: contactReferenceSchema,
      text: z
        .string()
        .min(1, 'an empty text cannot be sent')
        .refine((text) => text.isWellFormed(), 'text has half a surrogate pair'),
      replyTo: z.string().max(64).optional(),
    }),
    z.strictObject({ id: z.string(), at: timeSchema, state: messageStateSchema }),
  ),
  'message.markRead': method(
    'account',
    'Counts messages up to this one as read.',
    z.strictObject({ contact: contactReferenceSchema, upTo: z.string().max(64) }),
    none,
  ),
  'message.history': method(
    'account',
    'A page of a conversation, newest last; `before` is exclusive.',
    z.strictObject({
      contact: contactReferenceSchema,
      before: z.string().max(64).optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    z.strictObject({ messages: z.array(messageSchema), more: z.boolean() }),
  ),

  'events.subscribe': method('account', 'Events follow as notifications.', none, none),
} as const satisfies Record<string, ReturnType<typeof method>>;

export type MethodName = keyof typeof METHODS;
/** What a caller may pass (defaults left out). */
export type ParamsOf<M extends MethodName> = z.input<(typeof METHODS)[M]['params']>;
/** What a handler gets (defaults filled in). */
export type CheckedParamsOf<M extends MethodName> = z.output<(typeof METHODS)[M]['params']>;
export type ResultOf<M extends MethodName> = z.output<(typeof METHODS)[M]['result']>;

export function isMethodName(text: string): text is MethodName {
  return Object.hasOwn(METHODS, text);
}
