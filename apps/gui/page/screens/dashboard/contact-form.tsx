import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

/** One thing about a contact, typed anew. */
export function ContactForm({
  title,
  why,
  label,
  initial,
  onSave,
  onClose,
}: {
  title: string;
  why?: string;
  label: string;
  initial: string;
  onSave: (text: string) => Promise<unknown>;
  onClose: () => void;
}): ReactElement {
  const [text, setText] = useState(initial);
  const { run, isBusy, problem } = useAction(async () => {
    await onSave(text.trim());
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        {why !== undefined && <p className="warning">{why}</p>}
        <Field
          label={label}
          value={text}
          onChange={({ target }) => setText(target.value)}
          problem={problem}
        />
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button kind="main" type="submit" isBusy={isBusy}>
            {WORDS.dashboard.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
