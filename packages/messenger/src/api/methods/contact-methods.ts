import * as z from 'zod';
import { contactReferenceSchema, contactSchema, requestSchema } from '../schemas.js';
import { method, name, none, onContact, publicKey, url } from './method.js';

export const CONTACT_METHODS = {
  'contact.list': method('account', 'All contacts, by name.', none, z.array(contactSchema)),
  'contact.add': method(
    'account',
    'Adds a contact by its public key.',
    z.strictObject({ id: publicKey, name, url: url.optional() }),
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
    'Removes a contact, ends its sessions and revokes the invites it came by; texts that wait for it fail, the history stays.',
    onContact,
    none,
  ),
  'contact.block': method('account', 'Lets a contact in no more.', onContact, none),
  'contact.unblock': method('account', 'Lets a blocked contact in again.', onContact, none),
  'contact.replaceKey': method(
    'account',
    'Gives a contact a new key: history stays, verification is reset.',
    z.strictObject({ contact: contactReferenceSchema, id: publicKey }),
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

  'request.list': method(
    'account',
    'Strangers who asked to be let in while the host asks (policy "ask"), newest first.',
    none,
    z.array(requestSchema),
  ),
  'request.accept': method(
    'account',
    'Makes the stranger a contact of this name. One that still waits is let in at once, otherwise its next attempt gets in.',
    z.strictObject({ id: publicKey, name }),
    contactSchema,
  ),
  'request.decline': method(
    'account',
    'Forgets the request. With `block`, this stranger never asks again.',
    z.strictObject({ id: publicKey, block: z.boolean().default(false) }),
    none,
  ),
} as const;
