import type { SessionInfo } from '@gravy/messenger';
import { type ReactElement, useState } from 'react';
import type { View } from '../../browser/view.js';
import { Button } from '../../parts/button.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { CopyButton } from '../../parts/copy-button.js';
import { Dialog } from '../../parts/dialog.js';
import { Mark } from '../../parts/mark.js';
import { Problem } from '../../parts/problem.js';
import { QrCode } from '../../parts/qr-code.js';
import { shortTime } from '../../parts/times.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.server;

/** What a host needs at hand: its address, who is connected, and the end of it. */
export function ServerManager({ open }: { open: (view: View) => void }): ReactElement {
  const { sessions } = useSnapshot();
  const guests = sessions.filter(({ role }) => role === 'host');
  return (
    <>
      <Address />
      <section className="card" aria-labelledby="clients-title">
        <h2 id="clients-title">{words.clients}</h2>
        {guests.length === 0 ? (
          <p className="note">{words.noClients}</p>
        ) : (
          <ul className="rows">
            {guests.map((session) => (
              <ClientRow key={session.id} session={session} open={open} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Address(): ReactElement {
  const page = usePage();
  const { host, hostNews } = useSnapshot();
  const [showsQr, setShowsQr] = useState(false);
  const { run, isBusy, problem } = useAction(async () => {
    await page.call('host.stop', {});
    page.mirror.refresh('host', 'sessions', 'contacts');
  });
  const url = host.url ?? host.localUrl ?? '';
  const others = (host.urls ?? []).filter((other) => other !== url);
  const isLocal = [url, ...others].every((one) => one.includes('//127.0.0.1'));
  return (
    <section className="card" aria-labelledby="manager-title">
      <h2 id="manager-title">{words.manager}</h2>
      <p className="label">{words.url}</p>
      <p className="url" dir="ltr">
        {url}
      </p>
      {host.state !== undefined && host.state !== 'listening' && (
        <p role="status">{words.state[host.state]}</p>
      )}
      <Problem text={hostNews?.message} />
      <p className="note">{isLocal ? words.localOnly : words.through[host.tunnel ?? 'none']}</p>
      <p className="note">{words.policy[host.policy ?? 'contacts']}</p>
      {others.length > 0 && (
        <p className="note">
          {words.alsoAt}{' '}
          {others.map((other) => (
            <code key={other} className="other-url" dir="ltr">
              {other}
            </code>
          ))}
        </p>
      )}
      <Problem text={problem} />
      <div className="buttons">
        <CopyButton kind="main" label={words.copyUrl} text={url} />
        <Button onClick={() => setShowsQr(true)}>{words.showQr}</Button>
        <Button kind="danger" isBusy={isBusy} onClick={() => void run()}>
          {words.stop}
        </Button>
      </div>
      {showsQr && (
        <Dialog title={words.url} onClose={() => setShowsQr(false)}>
          <QrCode text={url} label={words.qrLabel} />
          <p className="url" dir="ltr">
            {url}
          </p>
        </Dialog>
      )}
    </section>
  );
}

function ClientRow({
  session,
  open,
}: {
  session: SessionInfo;
  open: (view: View) => void;
}): ReactElement {
  const page = usePage();
  const { contacts } = useSnapshot();
  const name = contacts.find(({ id }) => id === session.contact)?.name ?? session.contact;
  const { run, isBusy, problem } = useAction(async () => {
    await page.call('session.close', { session: session.id });
    page.mirror.refresh('sessions', 'contacts', 'host');
  });
  return (
    <li className="row" aria-label={name}>
      <Mark id={session.contact} name={name} />
      <div className="row-text">
        <p className="row-title">
          <bdi>{name}</bdi>
        </p>
        <p className="note">
          {words.since(shortTime(session.openedAt))} · {words.from} <bdi>{session.remote}</bdi> ·{' '}
          {session.tunnel ? words.viaTunnel : words.direct}
        </p>
        <Problem text={problem} />
      </div>
      <div className="buttons">
        <Button onClick={() => open({ kind: 'conversation', contact: session.contact })}>
          {words.open}
        </Button>
        <Button kind="danger" isBusy={isBusy} onClick={() => void run()}>
          {words.kick}
        </Button>
      </div>
    </li>
  );
}
