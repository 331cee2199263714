import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.start;

interface Missing {
  readonly name?: string;
  readonly password?: string;
  readonly repeated?: string;
}

function missingOf(name: string, password: string, repeated: string): Missing {
  return {
    ...(name.trim() === '' ? { name: words.needsName } : {}),
    ...(password === '' ? { password: words.needsPassword } : {}),
    ...(repeated === password ? {} : { repeated: words.notTheSame }),
  };
}

export function CreateAccount({ onBack }: { onBack?: () => void }): ReactElement {
  const page = usePage();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [missing, setMissing] = useState<Missing>({});
  const { run, isBusy, problem } = useAction(async () => {
    await page.call('account.create', { name: name.trim(), password });
    await page.mirror.readAccount();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = missingOf(name, password, repeated);
    setMissing(found);
    if (Object.keys(found).length === 0) void run();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={words.accountName}
        value={name}
        onChange={({ target }) => setName(target.value)}
        problem={missing.name}
        autoComplete="username"
      />
      <Field
        label={words.password}
        type="password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
        problem={missing.password}
        why={words.passwordHint}
        autoComplete="new-password"
      />
      <Field
        label={words.repeatPassword}
        type="password"
        value={repeated}
        onChange={({ target }) => setRepeated(target.value)}
        problem={missing.repeated}
        autoComplete="new-password"
      />
      <Problem text={problem} />
      <div className="buttons">
        <Button kind="main" type="submit" isBusy={isBusy}>
          {words.createAccount}
        </Button>
        {onBack !== undefined && (
          <Button kind="quiet" onClick={onBack}>
            {words.haveAccount}
          </Button>
        )}
      </div>
      <p className="note" role="status">
        {isBusy && words.working}
      </p>
    </form>
  );
}
