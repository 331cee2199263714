import * as z from 'zod';
import {
  contactReferenceSchema,
  hostStateSchema,
  inviteSchema,
  policySchema,
  sessionSchema,
  timeSchema,
  tunnelChoiceSchema,
} from '../schemas.js';
import { method, name, none, onContact, opaqueId, url } from './method.js';

const DAY_SECONDS = 86_400;
const MAX_INVITE_SECONDS = 30 * DAY_SECONDS;

export const SESSION_METHODS = {
  'host.start': method(
    'account',
    'Listens for contacts. Port 0 picks a free one. With policy "ask", a stranger becomes a request; otherwise it meets silence. With a tunnel it answers once the URL can be shared, after some 15 s; `host.changed` tells what happens.',
    z.strictObject({
      port: z.int().min(0).max(65_535).default(8080),
      hostname: z.string().min(1).max(255).default('127.0.0.1'),
      tunnel: tunnelChoiceSchema.default('none'),
      /** With a named tunnel: the file with its token. Its host name is that of `publicUrl`. */
      tokenFile: z.string().min(1).max(4096).optional(),
      /** Where a reverse proxy of one's own leads here: it alone is told to contacts. */
      publicUrl: url.optional(),
      policy: policySchema.default('contacts'),
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
      urls: z.array(z.string()).optional(),
      tunnel: tunnelChoiceSchema.optional(),
      state: hostStateSchema.optional(),
      policy: policySchema.optional(),
      sessions: z.int().nonnegative(),
    }),
  ),
  'host.stop': method(
    'account',
    'Stops listening and ends the sessions of all guests.',
    none,
    none,
  ),

  'invite.create': method(
    'account',
    'Makes a string that lets one person in and makes them a contact. Without `urls` it holds those this account hosts at.',
    z.strictObject({
      contactName: name.optional(),
      expiresInSeconds: z.int().min(1).max(MAX_INVITE_SECONDS).default(DAY_SECONDS),
      urls: z.array(url).min(1).max(8).optional(),
    }),
    z.strictObject({ id: z.string(), invite: z.string(), expiresAt: timeSchema }),
  ),
  'invite.list': method(
    'account',
    'Invites, newest first, with what became of them.',
    none,
    z.array(inviteSchema),
  ),
  'invite.revoke': method(
    'account',
    'Makes an invite useless. Who came by it already stays a contact.',
    z.strictObject({ id: opaqueId }),
    none,
  ),

  'session.connect': method(
    'account',
    'Connects to a contact who hosts (at `url`, or at the addresses known of it), or by an invite, whose maker becomes a contact. Answers once both sides are authenticated.',
    z
      .strictObject({
        url: url.optional(),
        contact: contactReferenceSchema.optional(),
        invite: z.string().min(1).max(8192).optional(),
        /** With an invite: what to call its maker. */
        name: name.optional(),
      })
      .superRefine((params, context) => {
        const wrong = (path: string, message: string): void =>
          context.addIssue({ code: 'custom', path: [path], message });
        if (params.invite === undefined && params.contact === undefined) {
          wrong('contact', 'either a contact or an invite is needed');
        }
        if (params.invite !== undefined && params.contact !== undefined) {
          wrong('contact', 'an invite says by itself whose it is');
        }
        if (params.invite !== undefined && params.url !== undefined) {
          wrong('url', 'an invite holds its own addresses');
        }
        if (params.invite === undefined && params.name !== undefined) {
          wrong('name', 'goes with an invite only');
        }
      }),
    z.strictObject({ session: z.string(), contact: z.string() }),
  ),
  'session.list': method('account', 'Open sessions, newest first.', none, z.array(sessionSchema)),
  'session.close': method(
    'account',
    "Ends a session: the host's kick, the guest's exit.",
    z.strictObject({ session: opaqueId }),
    none,
  ),
  'session.disconnect': method(
    'account',
    'Ends every session with a contact, as `session.close` does, and stops connecting again.',
    onContact,
    none,
  ),
} as const;
