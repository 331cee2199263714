import type { Gravy } from '@gravy/messenger';
import { encodeId, Identity } from '@gravy/identity';

/** As people are called: long, in other scripts, from right to left, and by one word that does not end. */
const NAMES = [
  'Carol',
  'Maximiliane Friederike von und zu Hohenlohe-Schillingsfürst',
  'مريم الزهراني',
  'דוד בן־גוריון',
  '山田 太郎',
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen',
  '🦊 Fox',
  'O’Brien, Siobhán',
  'Željko',
  'Dave',
  'Eve',
  'Frank',
  'Grace',
  'Heidi',
  'Ivan',
  'Judy',
  'Mallory',
  'Niaj',
  'Olivia',
  'Peggy',
  'Rupert',
  'Sybil',
] as const;

/** Contacts who are only known by their keys. */
export async function addMany(core: Gravy): Promise<void> {
  for (const name of NAMES) {
    const identity = Identity.generate();
    await core.call('contact.add', { name, id: encodeId(identity.id) });
    identity.erase();
  }
  await core.call('message.send', {
    contact: 'مريم الزهراني',
    text: 'مرحبا! هل وصلك الملف؟ العنوان هو https://example.org/a(b) شكرا.',
  });
  await core.call('message.send', { contact: 'Dave', text: 'Are you there?' });
  await core.call('message.send', { contact: 'Dave', text: 'Call me when you are.' });
  await core.call('contact.block', { contact: 'Mallory' });
}
