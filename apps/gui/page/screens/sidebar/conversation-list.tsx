import type { Contact } from '@gravy/messenger';
import { type ReactElement, useMemo } from 'react';
import type { View } from '../../browser/view.js';
import { useSnapshot } from '../../parts/context.js';
import { Mark } from '../../parts/mark.js';
import { shortId } from '../../parts/short-id.js';
import { WORDS } from '../../words.js';

const words = WORDS.sidebar;

/** Everybody one can talk to, whoever spoke last first; strangers who knock stand on top. */
export function ConversationList({
  view,
  open,
}: {
  view: View;
  open: (view: View) => void;
}): ReactElement {
  const { contacts, requests } = useSnapshot();
  const sorted = useMemo(() => contacts.toSorted(byLatest), [contacts]);
  return (
    <section className="conversations" aria-label={words.conversations}>
      {sorted.length === 0 && requests.length === 0 && <p className="note">{words.noContacts}</p>}
      <ul>
        {requests.map(({ id }) => (
          <li key={id}>
            <button type="button" className="entry" onClick={() => open({ kind: 'server' })}>
              <span className="entry-lines">
                <code className="entry-name">{shortId(id)}</code>
                <span className="entry-line">{words.request}</span>
              </span>
            </button>
          </li>
        ))}
        {sorted.map((contact) => (
          <li key={contact.id}>
            <Entry
              contact={contact}
              isOpen={view.kind === 'conversation' && view.contact === contact.id}
              onOpen={() => open({ kind: 'conversation', contact: contact.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function byLatest(one: Contact, other: Contact): number {
  const difference = (other.lastMessage?.at ?? 0) - (one.lastMessage?.at ?? 0);
  return difference === 0 ? one.name.localeCompare(other.name) : difference;
}

function Entry({
  contact,
  isOpen,
  onOpen,
}: {
  contact: Contact;
  isOpen: boolean;
  onOpen: () => void;
}): ReactElement {
  const { lastMessage, unread } = contact;
  const line = lastMessage?.text ?? lastMessage?.file?.name;
  const isWaiting = lastMessage?.state === 'queued';
  const state = contact.blocked ? words.blocked : contact.online ? words.online : words.offline;
  return (
    <button
      type="button"
      className="entry"
      aria-current={isOpen ? 'page' : undefined}
      onClick={onOpen}
    >
      <span className={contact.online ? 'presence presence-online' : 'presence'}>
        <Mark id={contact.id} name={contact.name} />
      </span>
      <span className="entry-lines">
        <span className="entry-top">
          <span className="entry-name">
            <bdi>{contact.name}</bdi>
          </span>
          <span className={contact.online ? 'unseen' : 'entry-state'}>{state}</span>
          {unread > 0 && (
            <span className="badge">
              <span aria-hidden="true">{unread}</span>
              <span className="unseen">{words.unread(unread)}</span>
            </span>
          )}
        </span>
        {line !== undefined && (
          <span className="entry-line">
            {isWaiting && <span>{words.waiting}</span>}
            <bdi>{line.slice(0, 80)}</bdi>
          </span>
        )}
      </span>
    </button>
  );
}
