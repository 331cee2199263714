import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.invites;
const HOUR_SECONDS = 3600;
const VALIDITIES = [
  { seconds: HOUR_SECONDS, label: words.hour },
  { seconds: 24 * HOUR_SECONDS, label: words.day },
  { seconds: 7 * 24 * HOUR_SECONDS, label: words.week },
] as const;

export function CreateInvite({
  onCreated,
}: {
  onCreated: (invite: { id: string; invite: string; expiresAt: number }) => void;
}): ReactElement {
  const page = usePage();
  const id = useId();
  const [name, setName] = useState('');
  const [seconds, setSeconds] = useState<number>(VALIDITIES[1].seconds);
  const { run, isBusy, problem } = useAction(async () => {
    const created = await page.call('invite.create', {
      expiresInSeconds: seconds,
      ...(name.trim() === '' ? {} : { contactName: name.trim() }),
    });
    page.mirror.refresh('invites');
    setName('');
    onCreated(created);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="field-row">
        <Field
          label={words.forWhom}
          placeholder={words.forHint}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <div className="field">
          <label htmlFor={id}>{words.validFor}</label>
          <select
            id={id}
            value={seconds}
            onChange={({ target }) => setSeconds(Number(target.value))}
          >
            {VALIDITIES.map((validity) => (
              <option key={validity.seconds} value={validity.seconds}>
                {validity.label}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Problem text={problem} />
      <div className="buttons">
        <Button type="submit" isBusy={isBusy}>
          {words.create}
        </Button>
      </div>
    </form>
  );
}
