import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { CopyButton } from '../../parts/copy-button.js';
import { Problem } from '../../parts/problem.js';
import { QrCode } from '../../parts/qr-code.js';
import { shortTime } from '../../parts/times.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';
import { CreateInvite } from './create-invite.js';

const words = WORDS.invites;

interface FreshInvite {
  readonly id: string;
  readonly invite: string;
  readonly expiresAt: number;
}

/** Invites: a new one, the string just made, and what became of the others. */
export function Invites(): ReactElement {
  const { invites } = useSnapshot();
  const [fresh, setFresh] = useState<FreshInvite>();
  // Once it is used or revoked, the string is of no more use to anybody.
  const state = invites.find(({ id }) => id === fresh?.id)?.state;
  useEffect(() => {
    if (state !== undefined && state !== 'open') setFresh(undefined);
  }, [state]);
  return (
    <section className="card" aria-labelledby="invites-title">
      <h2 id="invites-title">{words.title}</h2>
      <p className="note">{words.why}</p>
      <CreateInvite onCreated={setFresh} />
      {fresh !== undefined && <Ready invite={fresh} />}
      {invites.length === 0 ? (
        <p className="note">{words.none}</p>
      ) : (
        <ul className="rows">
          {invites.map(({ id, state: now, contactName, expiresAt }) => (
            <li key={id} className="row">
              <div className="row-text">
                <p className="row-title">
                  <bdi>{contactName ?? words.somebody}</bdi>
                  <span className={now === 'open' ? 'tag tag-good' : 'tag'}>
                    {words.state[now]}
                  </span>
                </p>
                {now === 'open' && <p className="note">{words.until(shortTime(expiresAt))}</p>}
              </div>
              {now === 'open' && <Revoke id={id} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Ready({ invite: { invite, expiresAt } }: { invite: FreshInvite }): ReactElement {
  const [showsQr, setShowsQr] = useState(false);
  return (
    <div className="ready" role="status">
      <p className="label">{words.ready}</p>
      <code className="whole-id" dir="ltr">
        {invite}
      </code>
      <p className="note">{words.until(shortTime(expiresAt))}</p>
      <div className="buttons">
        <CopyButton kind="main" label={words.copy} text={invite} />
        <Button aria-expanded={showsQr} onClick={() => setShowsQr(!showsQr)}>
          {words.showQr}
        </Button>
      </div>
      {showsQr && <QrCode text={invite} label={words.qrLabel} />}
    </div>
  );
}

function Revoke({ id }: { id: string }): ReactElement {
  const page = usePage();
  const { run, isBusy, problem } = useAction(async () => {
    await page.call('invite.revoke', { id });
    page.mirror.refresh('invites');
  });
  return (
    <div className="buttons">
      <Problem text={problem} />
      <Button isBusy={isBusy} onClick={() => void run()}>
        {words.revoke}
      </Button>
    </div>
  );
}
