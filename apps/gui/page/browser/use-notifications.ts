import { useEffect } from 'react';
import { usePage } from '../parts/context.js';
import { WORDS } from '../words.js';
import { notifications } from './preferences.js';

const { settings } = WORDS;

/** Says that a message has come while nobody looks. Never what it says: others may see the screen. */
export function useNotifications(open: (contact: string) => void): void {
  const page = usePage();
  const choice = notifications.use();
  useEffect(() => {
    if (choice === 'off') return undefined;
    return page.onEvent((event) => {
      if (event.method !== 'message.received' || document.hasFocus()) return;
      const { contact, file } = event.params.message;
      const known = page.mirror.snapshot.get().contacts.find(({ id }) => id === contact);
      const words = file === undefined ? settings.notice : settings.fileNotice;
      const notice = new Notification(words(known?.name ?? ''), { tag: contact });
      notice.addEventListener('click', () => {
        window.focus();
        open(contact);
      });
    });
  }, [page, choice, open]);
}
