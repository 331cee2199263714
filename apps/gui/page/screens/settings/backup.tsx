import { type FormEvent, type ReactElement, useState } from 'react';
import { saveWritten } from '../../gravy/file-transport.js';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.settings;
const EMPTY = { password: '', backup: '', repeated: '' };

/** Key, contacts and history in one locked file, for the day this machine is lost. */
export function Backup({ name }: { name: string }): ReactElement {
  const page = usePage();
  const [typed, setTyped] = useState(EMPTY);
  const { run, isBusy, problem, setProblem } = useAction(async () => {
    await saveWritten(page.link, `${name}.gravybackup`, (path) =>
      page.call('account.export', {
        path,
        password: typed.password,
        backupPassword: typed.backup,
      }),
    );
    setTyped(EMPTY);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.password === '' || typed.backup === '') setProblem(WORDS.start.needsPassword);
    else if (typed.backup !== typed.repeated) setProblem(WORDS.start.notTheSame);
    else void run();
  };
  const change =
    (which: keyof typeof EMPTY) =>
    ({ target }: { target: HTMLInputElement }): void =>
      setTyped({ ...typed, [which]: target.value });
  return (
    <section className="card" aria-labelledby="backup-title">
      <h2 id="backup-title">{words.backup}</h2>
      <p className="note">{words.backupWhy}</p>
      <form onSubmit={submit} noValidate>
        <Field
          label={words.backupAccountPassword}
          type="password"
          autoComplete="current-password"
          value={typed.password}
          onChange={change('password')}
        />
        <Field
          label={words.backupPassword}
          type="password"
          autoComplete="new-password"
          value={typed.backup}
          onChange={change('backup')}
        />
        <Field
          label={words.backupRepeated}
          type="password"
          autoComplete="new-password"
          value={typed.repeated}
          onChange={change('repeated')}
        />
        <Problem text={problem} />
        <div className="buttons">
          <Button type="submit" isBusy={isBusy}>
            {words.backupSave}
          </Button>
        </div>
      </form>
    </section>
  );
}
