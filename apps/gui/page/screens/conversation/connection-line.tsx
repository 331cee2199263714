import type { Contact, SessionInfo } from '@gravy/messenger';
import type { ReactElement } from 'react';
import type { Attempt } from '../../gravy/snapshot.js';
import { Button } from '../../parts/button.js';
import { useLink, usePage, useSnapshot } from '../../parts/context.js';
import { CopyButton } from '../../parts/copy-button.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { useSecondsUntil } from '../../parts/use-seconds-until.js';
import { WORDS } from '../../words.js';

const words = WORDS.line;

/** What is true of the line to a contact, and what can be done about it. */
export function ConnectionLine({
  contact,
  sessions,
}: {
  contact: Contact;
  sessions: readonly SessionInfo[];
}): ReactElement {
  const { attempts, stranded } = useSnapshot();
  const link = useLink();
  const [session] = sessions;
  const attempt = attempts.get(contact.id);
  const line = stranded.get(contact.id);
  // Whatever was true last may not be any more.
  if (link.kind !== 'open') return <p className="line">{words.unknown}</p>;
  if (session !== undefined) {
    return (
      <p className="line line-good" role="status">
        {session.tunnel ? words.tunnel : words.direct}
      </p>
    );
  }
  return (
    <div className="line">
      {attempt?.kind === 'retrying' ? (
        <Retrying contact={contact.id} attempt={attempt} />
      ) : (
        <Offline contact={contact} attempt={attempt} />
      )}
      {line !== undefined && (
        <div className="warning">
          <p>{words.stranded}</p>
          <code className="whole-id" dir="ltr">
            {line}
          </code>
          <CopyButton label={words.copyLine} text={line} />
        </div>
      )}
    </div>
  );
}

function Retrying({
  contact,
  attempt,
}: {
  contact: string;
  attempt: Extract<Attempt, { kind: 'retrying' }>;
}): ReactElement {
  const seconds = useSecondsUntil(attempt.at);
  return (
    <>
      <p>
        {words.retrying(seconds)}
        {attempt.reason !== undefined && <bdi>: {attempt.reason}</bdi>}
      </p>
      <ConnectNow contact={contact} label={words.now} />
    </>
  );
}

function Offline({
  contact,
  attempt,
}: {
  contact: Contact;
  attempt: Attempt | undefined;
}): ReactElement {
  return (
    <>
      {contact.blocked ? (
        <p>{WORDS.conversation.blocked}</p>
      ) : (
        <p role="status">{attempt?.kind === 'gave up' ? words.gaveUp : words.offline}</p>
      )}
      {attempt?.kind === 'gave up' && <Problem text={attempt.reason} />}
      {contact.addresses.length > 0 && !contact.blocked && (
        <ConnectNow contact={contact.id} label={words.connect} />
      )}
    </>
  );
}

function ConnectNow({ contact, label }: { contact: string; label: string }): ReactElement {
  const page = usePage();
  const { run, isBusy, problem } = useAction(async () => {
    await page.call('session.connect', { contact });
    page.mirror.refresh('sessions', 'contacts');
  });
  return (
    <>
      <Button kind="quiet" isBusy={isBusy} onClick={() => void run()}>
        {label}
      </Button>
      <Problem text={problem} />
    </>
  );
}
