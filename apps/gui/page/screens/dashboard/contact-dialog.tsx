import type { Contact } from '@gravy/messenger';
import type { ReactElement } from 'react';
import { Confirm } from '../../parts/confirm.js';
import { usePage } from '../../parts/context.js';
import { WORDS } from '../../words.js';
import { AutoAcceptDialog } from './auto-accept-dialog.js';
import { ContactForm } from './contact-form.js';
import { ExportDialog } from './export-dialog.js';
import { VerifyDialog } from './verify-dialog.js';

const words = WORDS.dashboard;

/** What can be done about a contact that takes more than one press. */
export type ContactTask =
  | 'verify'
  | 'remove'
  | 'block'
  | 'rename'
  | 'replace key'
  | 'auto accept'
  | 'delete history'
  | 'export history';

export function ContactDialog({
  contact,
  task,
  onClose,
}: {
  contact: Contact;
  task: ContactTask;
  onClose: () => void;
}): ReactElement {
  const page = usePage();
  const { id, name } = contact;
  const change = async (work: Promise<unknown>): Promise<void> => {
    await work;
    page.mirror.refresh('contacts', 'sessions');
  };
  switch (task) {
    case 'verify':
      return <VerifyDialog contact={contact} onClose={onClose} />;
    case 'remove':
      return (
        <Confirm
          title={words.removeAsk(name)}
          why={words.removeWhy}
          action={words.removeContact}
          onConfirm={() => change(page.call('contact.remove', { contact: id }))}
          onClose={onClose}
        />
      );
    case 'block':
      return (
        <Confirm
          title={words.blockAsk(name)}
          why={words.blockWhy}
          action={words.block}
          onConfirm={() => change(page.call('contact.block', { contact: id }))}
          onClose={onClose}
        />
      );
    case 'delete history':
      return (
        <Confirm
          title={words.deleteAsk(name)}
          why={words.deleteWhy}
          action={words.deleteHistory}
          onConfirm={async () => {
            await change(page.call('history.delete', { contact: id }));
            page.forgetConversation(id);
          }}
          onClose={onClose}
        />
      );
    case 'auto accept':
      return <AutoAcceptDialog contact={contact} onClose={onClose} />;
    case 'export history':
      return <ExportDialog contact={contact} onClose={onClose} />;
    case 'rename':
      return (
        <ContactForm
          title={words.renameTitle(name)}
          label={words.name}
          initial={name}
          onSave={(text) => change(page.call('contact.rename', { contact: id, name: text }))}
          onClose={onClose}
        />
      );
    case 'replace key':
      return (
        <ContactForm
          title={words.replaceTitle(name)}
          why={words.replaceWhy}
          label={words.publicKey}
          initial=""
          onSave={(text) => change(page.call('contact.replaceKey', { contact: id, id: text }))}
          onClose={onClose}
        />
      );
    default:
      return task satisfies never;
  }
}
