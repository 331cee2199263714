import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const EMPTY = { current: '', chosen: '', repeated: '' };

/** Asks for the account's password and a new one, twice. What was typed is kept until `onSubmit` has succeeded. */
export function PasswordForm({
  labels,
  done,
  onSubmit,
}: {
  labels: Record<'current' | 'chosen' | 'repeated' | 'submit', string>;
  /** What is said when it is done, if it does not show otherwise. */
  done?: string;
  onSubmit: (passwords: { current: string; chosen: string }) => Promise<void>;
}): ReactElement {
  const [typed, setTyped] = useState(EMPTY);
  const [isDone, setDone] = useState(false);
  const { run, isBusy, problem, setProblem } = useAction(async () => {
    await onSubmit(typed);
    setTyped(EMPTY);
    setDone(true);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setDone(false);
    if (typed.current === '' || typed.chosen === '') setProblem(WORDS.start.needsPassword);
    else if (typed.chosen !== typed.repeated) setProblem(WORDS.start.notTheSame);
    else void run();
  };
  const field = (which: keyof typeof EMPTY): ReactElement => (
    <Field
      label={labels[which]}
      type="password"
      autoComplete={which === 'current' ? 'current-password' : 'new-password'}
      value={typed[which]}
      onChange={({ target }) => setTyped({ ...typed, [which]: target.value })}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      {field('current')}
      {field('chosen')}
      {field('repeated')}
      <Problem text={problem} />
      <div className="buttons">
        <Button type="submit" isBusy={isBusy}>
          {labels.submit}
        </Button>
        <span className="good" role="status">
          {isDone && done}
        </span>
      </div>
    </form>
  );
}
