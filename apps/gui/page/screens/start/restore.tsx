import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { bringFile, discardBrought } from '../../gravy/file-transport.js';
import { Button } from '../../parts/button.js';
import { useLink, usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.start;

/** An account out of a backup. */
export function Restore({ onBack }: { onBack: () => void }): ReactElement {
  const page = usePage();
  const isPossible = useLink().kind === 'open';
  const id = useId();
  const [file, setFile] = useState<File>();
  const [backupPassword, setBackupPassword] = useState('');
  const [password, setPassword] = useState('');
  const { run, isBusy, problem, setProblem } = useAction(async (chosen: File) => {
    const path = await bringFile(page.link, chosen);
    await page
      .call('account.import', { path, backupPassword, password })
      // What cannot be removed from here is removed there after a while.
      .finally(() => discardBrought(page.link, path).catch(() => undefined));
    await page.mirror.readAccount();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file === undefined) setProblem(words.needsBackup);
    else if (backupPassword === '' || password === '') setProblem(words.needsPassword);
    else void run(file);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={id}>{words.backupFile}</label>
        <input id={id} type="file" onChange={({ target }) => setFile(target.files?.[0])} />
      </div>
      <Field
        label={words.backupPassword}
        type="password"
        autoComplete="off"
        value={backupPassword}
        onChange={({ target }) => setBackupPassword(target.value)}
      />
      <Field
        label={words.newPassword}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
        why={words.passwordHint}
      />
      <Problem text={problem} />
      <div className="buttons">
        <Button kind="main" type="submit" isBusy={isBusy || !isPossible}>
          {words.restore}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {WORDS.back}
        </Button>
      </div>
    </form>
  );
}
