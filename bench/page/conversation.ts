import { openGravy } from '@gravy/messenger';
import { ChatText } from '../chat-text.ts';

/** So many calls are under way at once, as from a program that has much to say. */
const AT_ONCE = 500;
const SEED = 8;

export const PASSWORD = 'a password';
export const CONTACT = 'ben';

/** An account with one long conversation in it, made by the core as any other is; nobody is connected. */
export async function makeConversation(home: string, messages: number): Promise<void> {
  const peer = await openGravy({ home: `${home}/peer` });
  const { id } = await peer.call('account.create', { name: CONTACT, password: PASSWORD });
  await peer.close();
  const gravy = await openGravy({ home });
  await gravy.call('account.create', { name: 'ada', password: PASSWORD });
  await gravy.call('contact.add', { name: CONTACT, id });
  const text = new ChatText(SEED);
  for (let sent = 0; sent < messages; sent += AT_ONCE) {
    const count = Math.min(AT_ONCE, messages - sent);
    await Promise.all(
      Array.from({ length: count }, () =>
        gravy.call('message.send', { contact: CONTACT, text: text.message() }),
      ),
    );
  }
  await gravy.close();
}
