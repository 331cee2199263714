import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.settings;
const EMPTY = { old: '', chosen: '', repeated: '' };

export function PasswordSettings(): ReactElement {
  const page = usePage();
  const [typed, setTyped] = useState(EMPTY);
  const [isChanged, setChanged] = useState(false);
  const { run, isBusy, problem, setProblem } = useAction(async () => {
    await page.call('account.changePassword', {
      oldPassword: typed.old,
      newPassword: typed.chosen,
    });
    setTyped(EMPTY);
    setChanged(true);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setChanged(false);
    if (typed.old === '' || typed.chosen === '') setProblem(WORDS.start.needsPassword);
    else if (typed.chosen !== typed.repeated) setProblem(WORDS.start.notTheSame);
    else void run();
  };
  const change =
    (which: keyof typeof EMPTY) =>
    ({ target }: { target: HTMLInputElement }): void =>
      setTyped({ ...typed, [which]: target.value });
  return (
    <section className="card" aria-labelledby="password-title">
      <h2 id="password-title">{words.password}</h2>
      <p className="note">{WORDS.start.passwordHint}</p>
      <form onSubmit={submit} noValidate>
        <Field
          label={words.oldPassword}
          type="password"
          autoComplete="current-password"
          value={typed.old}
          onChange={change('old')}
        />
        <Field
          label={words.newPassword}
          type="password"
          autoComplete="new-password"
          value={typed.chosen}
          onChange={change('chosen')}
        />
        <Field
          label={words.repeatPassword}
          type="password"
          autoComplete="new-password"
          value={typed.repeated}
          onChange={change('repeated')}
        />
        <Problem text={problem} />
        <div className="buttons">
          <Button type="submit" isBusy={isBusy}>
            {words.changePassword}
          </Button>
          <span className="good" role="status">
            {isChanged && words.passwordChanged}
          </span>
        </div>
      </form>
    </section>
  );
}
