import type { ReactElement } from 'react';
import { WORDS } from '../words.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Problem } from './problem.js';
import { useAction } from './use-action.js';

/** Asks before something that cannot be taken back; what it does stands in one sentence. */
export function Confirm({
  title,
  why,
  action,
  onConfirm,
  onClose,
}: {
  title: string;
  why: string;
  action: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}): ReactElement {
  const { run, isBusy, problem } = useAction(async () => {
    await onConfirm();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{why}</p>
      <Problem text={problem} />
      <div className="buttons buttons-end">
        <Button onClick={onClose}>{WORDS.cancel}</Button>
        <Button kind="danger" isBusy={isBusy} onClick={() => void run()}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
