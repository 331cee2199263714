import type { Contact } from '@gravy/messenger';
import { type ReactElement, useEffect, useState } from 'react';
import { usePage } from '../../parts/context.js';
import { WORDS } from '../../words.js';

const words = WORDS.conversation;

/** Reads new messages out to those who do not see them; the log itself would repeat old ones. */
export function Arrivals({ contact: { id, name } }: { contact: Contact }): ReactElement {
  const page = usePage();
  const [latest, setLatest] = useState('');
  useEffect(
    () =>
      page.onEvent((event) => {
        if (event.method !== 'message.received') return;
        const { contact, text = '', file } = event.params.message;
        if (contact !== id) return;
        setLatest(file === undefined ? words.arrived(name, text) : words.offered(name, file.name));
      }),
    [page, id, name],
  );
  return (
    <div className="unseen" role="status">
      <bdi>{latest}</bdi>
    </div>
  );
}
