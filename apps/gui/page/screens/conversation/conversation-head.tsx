import type { Contact, SessionInfo } from '@gravy/messenger';
import { type ReactElement, useState } from 'react';
import type { View } from '../../browser/view.js';
import { Button } from '../../parts/button.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { Mark } from '../../parts/mark.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';
import { VerifyDialog } from '../dashboard/verify-dialog.js';
import { BackToList } from '../page-head.js';
import { ConnectionLine } from './connection-line.js';
import { SearchDialog } from './search-dialog.js';

/** Whom one talks to, whether that is sure, how the line is, and the end of the session. */
export function ConversationHead({
  contact,
  open,
}: {
  contact: Contact;
  open: (view: View) => void;
}): ReactElement {
  const { sessions } = useSnapshot();
  const [isVerifying, setVerifying] = useState(false);
  const [isSearching, setSearching] = useState(false);
  const { id, name, verified } = contact;
  const own = sessions.filter((session) => session.contact === id);
  return (
    <header className="conversation-head">
      <BackToList open={open} />
      <Mark id={id} name={name} />
      <div className="conversation-who">
        <div className="conversation-title">
          <h1>
            <bdi>{name}</bdi>
          </h1>
          <button
            type="button"
            className={verified ? 'tag tag-good tag-button' : 'tag tag-button'}
            onClick={() => setVerifying(true)}
          >
            {verified ? WORDS.trust.verified : WORDS.trust.notVerified}
          </button>
        </div>
        <ConnectionLine contact={contact} sessions={own} />
      </div>
      <div className="buttons">
        <Button kind="quiet" onClick={() => setSearching(true)}>
          {WORDS.conversation.search}
        </Button>
        {own.map((session) => (
          <EndSession key={session.id} session={session} />
        ))}
      </div>
      {isSearching && <SearchDialog contact={id} open={open} onClose={() => setSearching(false)} />}
      {isVerifying && <VerifyDialog contact={contact} onClose={() => setVerifying(false)} />}
    </header>
  );
}

/** The guest leaves, the host shows out: the same call, and neither side connects again by itself. */
function EndSession({ session }: { session: SessionInfo }): ReactElement {
  const page = usePage();
  const { run, isBusy, problem } = useAction(async () => {
    await page.call('session.close', { session: session.id });
    page.mirror.refresh('sessions', 'contacts', 'host');
  });
  const isGuest = session.role === 'guest';
  return (
    <>
      <Problem text={problem} />
      <Button kind={isGuest ? 'plain' : 'danger'} isBusy={isBusy} onClick={() => void run()}>
        {isGuest ? WORDS.conversation.exit : WORDS.conversation.kick}
      </Button>
    </>
  );
}
