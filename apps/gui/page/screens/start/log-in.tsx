import type { AccountInfo } from '@gravy/messenger';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.start;

export function LogIn({
  accounts,
  onCreate,
}: {
  accounts: readonly AccountInfo[];
  onCreate: () => void;
}): ReactElement {
  const page = usePage();
  const listId = useId();
  const [name, setName] = useState(() => page.lastAccount ?? accounts[0]?.name ?? '');
  const [password, setPassword] = useState('');
  const { run, isBusy, problem, setProblem } = useAction(async () => {
    await page.call('account.unlock', { name: name.trim(), password });
    await page.mirror.readAccount();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') setProblem(words.needsName);
    else if (password === '') setProblem(words.needsPassword);
    else void run();
  };
  return (
    <form onSubmit={submit} noValidate>
      {page.isLocked && <p>{words.lockedAs(name)}</p>}
      <Field
        label={words.accountName}
        value={name}
        onChange={({ target }) => setName(target.value)}
        list={listId}
        autoComplete="username"
      />
      <datalist id={listId}>
        {accounts.map((account) => (
          <option key={account.id} value={account.name} />
        ))}
      </datalist>
      <Field
        label={words.password}
        type="password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
        problem={problem}
        autoComplete="current-password"
        autoFocus
      />
      <div className="buttons">
        <Button kind="main" type="submit" isBusy={isBusy}>
          {words.logIn}
        </Button>
        <Button kind="quiet" onClick={onCreate}>
          {words.createAccount}
        </Button>
      </div>
      <p className="note" role="status">
        {isBusy && words.working}
      </p>
    </form>
  );
}
