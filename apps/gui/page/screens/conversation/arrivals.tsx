import type { Contact } from '@gravy/messenger';
import { type ReactElement, useEffect, useState } from 'react';
import { usePage } from '../../parts/context.js';
import { WORDS } from '../../words.js';

/** Reads new messages out to those who do not see them; the log itself would repeat old ones. */
export function Arrivals({ contact: { id, name } }: { contact: Contact }): ReactElement {
  const page = usePage();
  const [latest, setLatest] = useState('');
  useEffect(
    () =>
      page.onEvent((event) => {
        if (event.method !== 'message.received' || event.params.message.contact !== id) return;
        setLatest(WORDS.conversation.arrived(name, event.params.message.text ?? ''));
      }),
    [page, id, name],
  );
  return (
    <div className="unseen" role="status">
      <bdi>{latest}</bdi>
    </div>
  );
}
