import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.settings;

/** For good, and only after the name was typed. */
export function DeleteAccount({ name }: { name: string }): ReactElement {
  const page = usePage();
  const [typed, setTyped] = useState('');
  const { run, isBusy, problem, setProblem } = useAction(async () => {
    await page.call('account.delete', { name, confirm: typed.trim() });
    await page.mirror.readAccount();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() === name) void run();
    else setProblem(words.nameDiffers);
  };
  return (
    <section className="card" aria-labelledby="delete-title">
      <h2 id="delete-title">{words.danger}</h2>
      <p className="warning">{words.dangerWhy}</p>
      <form onSubmit={submit} noValidate>
        <Field
          label={words.confirmName}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          problem={problem}
        />
        <div className="buttons">
          <Button kind="danger" type="submit" isBusy={isBusy}>
            {words.deleteAccount}
          </Button>
        </div>
      </form>
    </section>
  );
}
