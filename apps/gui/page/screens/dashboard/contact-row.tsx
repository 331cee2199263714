import type { Contact } from '@gravy/messenger';
import { type ReactElement, useState } from 'react';
import type { View } from '../../browser/view.js';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Mark } from '../../parts/mark.js';
import { Menu } from '../../parts/menu.js';
import { shortId } from '../../parts/short-id.js';
import { WORDS } from '../../words.js';
import { ContactDialog, type ContactTask } from './contact-dialog.js';

const words = WORDS.dashboard;

/** One contact with everything that can be done about it. */
export function ContactRow({
  contact,
  open,
}: {
  contact: Contact;
  open: (view: View) => void;
}): ReactElement {
  const page = usePage();
  const [task, setTask] = useState<ContactTask>();
  const { id, name, blocked, verified, online } = contact;
  const unblock = (): void => {
    void page.call('contact.unblock', { contact: id }).then(() => page.mirror.refresh('contacts'));
  };
  return (
    <li className="row" aria-label={name}>
      <Mark id={id} name={name} />
      <div className="row-text">
        <p className="row-title">
          <bdi>{name}</bdi>
          <span className={verified ? 'tag tag-good' : 'tag'}>
            {verified ? WORDS.trust.verified : WORDS.trust.notVerified}
          </span>
          {blocked && <span className="tag tag-warning">{WORDS.sidebar.blocked}</span>}
        </p>
        <p className="note">
          {online ? WORDS.sidebar.online : WORDS.sidebar.offline}
          {' · '}
          <code dir="ltr">{shortId(id)}</code>
        </p>
      </div>
      <Menu
        label={`${WORDS.more}: ${name}`}
        icon="more"
        entries={[
          { label: words.exportHistory, onChoose: () => setTask('export history') },
          { label: words.rename, onChoose: () => setTask('rename') },
          { label: words.replaceKey, onChoose: () => setTask('replace key') },
          { label: words.autoAccept, onChoose: () => setTask('auto accept') },
          blocked
            ? { label: words.unblock, onChoose: unblock }
            : { label: words.block, onChoose: () => setTask('block'), isDanger: true },
        ]}
      />
      <div className="buttons">
        <Button onClick={() => open({ kind: 'conversation', contact: id })}>
          {words.openHistory}
        </Button>
        <Button onClick={() => setTask('delete history')}>{words.deleteHistory}</Button>
        <Button onClick={() => setTask('verify')}>{words.verify}</Button>
        <Button onClick={() => setTask('remove')}>{words.removeContact}</Button>
      </div>
      {task !== undefined && (
        <ContactDialog contact={contact} task={task} onClose={() => setTask(undefined)} />
      )}
    </li>
  );
}
