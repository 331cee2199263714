import { type FormEvent, type ReactElement, useState } from 'react';
import type { View } from '../browser/view.js';
import { Button } from '../parts/button.js';
import { usePage, useSnapshot } from '../parts/context.js';
import { Field } from '../parts/field.js';
import { Mark } from '../parts/mark.js';
import { Problem } from '../parts/problem.js';
import { shortId } from '../parts/short-id.js';
import { useAction } from '../parts/use-action.js';
import { WORDS } from '../words.js';
import { PageHead } from './page-head.js';

const words = WORDS.connect;
const INVITE = /^gravyinvite1/iu;

/** To somebody who hosts: by their invite, or by their address and key. */
export function Connect({ open }: { open: (view: View) => void }): ReactElement {
  const page = usePage();
  const { contacts } = useSnapshot();
  const [target, setTarget] = useState('');
  const [contact, setContact] = useState('');
  const [name, setName] = useState('');
  const isInvite = INVITE.test(target.trim());
  const { run, isBusy, problem, setProblem } = useAction(async () => {
    const [address, known] = [target.trim(), name.trim()];
    const { contact: connected } = await page.call(
      'session.connect',
      isInvite
        ? { invite: address, ...(known === '' ? {} : { name: known }) }
        : { contact: contact.trim(), ...(address === '' ? {} : { url: address }) },
    );
    page.mirror.refresh('sessions', 'contacts');
    open({ kind: 'conversation', contact: connected });
  });
  const hasAddress = contacts.some(
    ({ id, name: known, addresses }) =>
      (id === contact.trim() || known === contact.trim()) && addresses.length > 0,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (target.trim() === '' && !hasAddress) setProblem(words.needsUrl);
    else if (!isInvite && contact.trim() === '') setProblem(words.needsContact);
    else void run();
  };
  return (
    <>
      <PageHead title={words.title} open={open} />
      <section className="card" aria-label={words.connect}>
        <p className="note">{words.why}</p>
        <form onSubmit={submit} noValidate>
          <Field
            label={words.urlOrInvite}
            placeholder={words.hint}
            value={target}
            onChange={(event) => setTarget(event.target.value)}
            dir="ltr"
          />
          {isInvite ? (
            <Field
              label={words.nameForMaker}
              placeholder={words.nameForMakerHint}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          ) : (
            <Field
              label={words.contact}
              placeholder={words.contactHint}
              value={contact}
              onChange={(event) => setContact(event.target.value)}
            />
          )}
          <Problem text={problem} />
          <div className="buttons">
            <Button kind="main" type="submit" isBusy={isBusy}>
              {words.connect}
            </Button>
            <span className="note" role="status">
              {isBusy && words.connecting}
            </span>
          </div>
        </form>
      </section>
      <section className="card" aria-labelledby="your-contacts-title">
        <h2 id="your-contacts-title">{words.yourContacts}</h2>
        {contacts.length === 0 && <p className="note">{words.noContacts}</p>}
        <ul className="rows" hidden={contacts.length === 0}>
          {contacts.map(({ id, name: known, addresses }) => (
            <li key={id}>
              <button
                type="button"
                className="entry"
                aria-pressed={contact === known}
                onClick={() => {
                  setContact(known);
                  if (target === '' || isInvite) setTarget(addresses[0] ?? '');
                }}
              >
                <Mark id={id} name={known} />
                <span className="entry-lines">
                  <span className="entry-name">
                    <bdi>{known}</bdi>
                  </span>
                  <code className="entry-line" dir="ltr">
                    {shortId(id)}
                  </code>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
