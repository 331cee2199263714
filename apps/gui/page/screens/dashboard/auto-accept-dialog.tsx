import type { Contact } from '@gravy/messenger';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { Dialog } from '../../parts/dialog.js';
import { Problem } from '../../parts/problem.js';
import { sizeText } from '../../parts/sizes.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.dashboard;

/** 0 stands for asking each time. */
const CHOICES = [0, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000] as const;

/** Up to which size the files of a contact are received without a question. */
export function AutoAcceptDialog({
  contact: { id, name },
  onClose,
}: {
  contact: Contact;
  onClose: () => void;
}): ReactElement {
  const page = usePage();
  const fieldId = useId();
  const { settings } = useSnapshot();
  const [bytes, setBytes] = useState(settings.autoAccept[id] ?? 0);
  const { run, isBusy, problem } = useAction(async () => {
    // Read anew: another window or program may have chosen for another contact meanwhile.
    const { autoAccept } = await page.call('settings.get', {});
    const others = Object.entries(autoAccept).filter(([other]) => other !== id);
    const chosen = bytes === 0 ? [] : [[id, bytes] as const];
    await page.call('settings.set', { autoAccept: Object.fromEntries([...others, ...chosen]) });
    page.mirror.refresh('settings');
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title={words.autoAcceptTitle(name)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p className="note">{words.autoAcceptWhy}</p>
        <div className="field">
          <label htmlFor={fieldId}>{words.autoAcceptField}</label>
          <select
            id={fieldId}
            value={bytes}
            onChange={({ target }) => setBytes(Number(target.value))}
          >
            {choicesWith(bytes).map((choice) => (
              <option key={choice} value={choice}>
                {choice === 0 ? words.autoAcceptNever : words.autoAcceptUpTo(sizeText(choice))}
              </option>
            ))}
          </select>
        </div>
        <Problem text={problem} />
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button kind="main" type="submit" isBusy={isBusy}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** With one that was chosen elsewhere. */
function choicesWith(bytes: number): readonly number[] {
  return [...new Set([...CHOICES, bytes])].toSorted((one, other) => one - other);
}
