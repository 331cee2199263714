import type { AccountInfo } from '@gravy/messenger';
import { type ReactElement, useState } from 'react';
import type { View } from '../browser/view.js';
import { Button } from '../parts/button.js';
import { useSnapshot } from '../parts/context.js';
import { CopyButton } from '../parts/copy-button.js';
import { Dialog } from '../parts/dialog.js';
import { QrCode } from '../parts/qr-code.js';
import { WORDS } from '../words.js';
import { AddContact } from './dashboard/add-contact.js';
import { ContactRow } from './dashboard/contact-row.js';
import { PageHead } from './page-head.js';

const words = WORDS.dashboard;

export function Dashboard({
  account,
  open,
}: {
  account: AccountInfo;
  open: (view: View) => void;
}): ReactElement {
  const { contacts } = useSnapshot();
  return (
    <>
      <PageHead title={words.title} open={open} />
      {contacts.length === 0 && <FirstStep open={open} />}
      <OwnKey id={account.id} />
      <AddContact />
      {contacts.length > 0 && (
        <section className="card" aria-labelledby="contacts-title">
          <h2 id="contacts-title">{words.contacts}</h2>
          <ul className="rows">
            {contacts.map((contact) => (
              <ContactRow key={contact.id} contact={contact} open={open} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What to do first, above everything else, until there is somebody to talk to. */
function FirstStep({ open }: { open: (view: View) => void }): ReactElement {
  return (
    <section className="card" aria-labelledby="first-step-title">
      <h2 id="first-step-title">{words.empty}</h2>
      <p className="note">{words.emptyWhy}</p>
      <div className="buttons">
        <Button kind="main" onClick={() => open({ kind: 'server' })}>
          {words.createInvite}
        </Button>
        <Button onClick={() => open({ kind: 'connect' })}>{words.haveInvite}</Button>
      </div>
    </section>
  );
}

function OwnKey({ id }: { id: string }): ReactElement {
  const [showsQr, setShowsQr] = useState(false);
  return (
    <section className="card" aria-labelledby="own-key-title">
      <h2 id="own-key-title">{words.yourKey}</h2>
      <p className="note">{words.yourKeyWhy}</p>
      <code className="whole-id" dir="ltr">
        {id}
      </code>
      <div className="buttons">
        <CopyButton label={words.copyKey} text={id} />
        <Button onClick={() => setShowsQr(true)}>{words.showQr}</Button>
      </div>
      {showsQr && (
        <Dialog title={words.qrTitle} onClose={() => setShowsQr(false)}>
          <QrCode text={id} label={words.qrLabel} />
          <code className="whole-id" dir="ltr">
            {id}
          </code>
        </Dialog>
      )}
    </section>
  );
}
