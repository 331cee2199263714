import type { RequestInfo } from '@gravy/messenger';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { SafetyNumber } from '../../parts/safety-number.js';
import { shortTime } from '../../parts/times.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.requests;

/** Strangers who knock. Their key and the number are all there is to know of them. */
export function Requests(): ReactElement {
  const { requests } = useSnapshot();
  return (
    <section className="card card-accent" aria-labelledby="requests-title">
      <h2 id="requests-title">{words.title}</h2>
      <p className="note">{words.why}</p>
      <ul className="rows">
        {requests.map((request) => (
          <Request key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}

function Request({
  request: { id, receivedAt, safetyNumber },
}: {
  request: RequestInfo;
}): ReactElement {
  const page = usePage();
  const [name, setName] = useState('');
  const { run, isBusy, problem, setProblem } = useAction(async (work: Promise<unknown>) => {
    await work;
    page.mirror.refresh('requests', 'contacts', 'sessions', 'host');
  });
  const accept = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') setProblem(WORDS.dashboard.needsName);
    else void run(page.call('request.accept', { id, name: name.trim() }));
  };
  return (
    <li className="row row-tall">
      <form onSubmit={accept} noValidate>
        <code className="whole-id" dir="ltr">
          {id}
        </code>
        <p className="note">{words.asked(shortTime(receivedAt))}</p>
        <SafetyNumber number={safetyNumber} label={words.number} />
        <Field
          label={words.name}
          value={name}
          onChange={({ target }) => setName(target.value)}
          problem={problem}
        />
        <div className="buttons">
          <Button kind="main" type="submit" isBusy={isBusy}>
            {words.accept}
          </Button>
          <Button isBusy={isBusy} onClick={() => void run(page.call('request.decline', { id }))}>
            {words.decline}
          </Button>
          <Button
            kind="danger"
            isBusy={isBusy}
            onClick={() => void run(page.call('request.decline', { id, block: true }))}
          >
            {words.block}
          </Button>
        </div>
      </form>
    </li>
  );
}
