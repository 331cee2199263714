import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.dashboard;

export function AddContact(): ReactElement {
  const page = usePage();
  const [name, setName] = useState('');
  const [id, setId] = useState('');
  const { run, isBusy, problem, setProblem } = useAction(async () => {
    await page.call('contact.add', { name: name.trim(), id: id.trim() });
    page.mirror.refresh('contacts');
    setName('');
    setId('');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') setProblem(words.needsName);
    else if (id.trim() === '') setProblem(words.needsKey);
    else void run();
  };
  return (
    <section className="card" aria-labelledby="add-contact-title">
      <h2 id="add-contact-title">{words.addContact}</h2>
      <form onSubmit={submit} noValidate>
        <div className="field-row">
          <Field label={words.name} value={name} onChange={({ target }) => setName(target.value)} />
          <Field
            label={words.publicKey}
            placeholder={words.publicKeyHint}
            value={id}
            onChange={({ target }) => setId(target.value)}
            dir="ltr"
          />
        </div>
        <Problem text={problem} />
        <div className="buttons">
          <Button kind="main" type="submit" isBusy={isBusy}>
            {words.addContact}
          </Button>
        </div>
      </form>
    </section>
  );
}
