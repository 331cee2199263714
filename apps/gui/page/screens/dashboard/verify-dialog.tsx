import type { Contact } from '@gravy/messenger';
import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Dialog } from '../../parts/dialog.js';
import { Problem } from '../../parts/problem.js';
import { QrCode } from '../../parts/qr-code.js';
import { SafetyNumber } from '../../parts/safety-number.js';
import { messageOf, useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.trust;

/** The digits both people compare, and the record that they did. */
export function VerifyDialog({
  contact,
  onClose,
}: {
  contact: Contact;
  onClose: () => void;
}): ReactElement {
  const page = usePage();
  const { id, name, verified } = contact;
  const [number, setNumber] = useState<string>();
  const { run, isBusy, problem, setProblem } = useAction(async (isVerified: boolean) => {
    await page.call('contact.setVerified', { contact: id, verified: isVerified });
    page.mirror.refresh('contacts');
    onClose();
  });
  useEffect(() => {
    page.call('contact.safetyNumber', { contact: id }).then(
      (result) => setNumber(result.number),
      (error: unknown) => setProblem(messageOf(error)),
    );
  }, [page, id, setProblem]);
  return (
    <Dialog title={words.title(name)} onClose={onClose}>
      <p className="note">{words.why}</p>
      {number !== undefined && (
        <div className="safety">
          <SafetyNumber number={number} label={words.groups} />
          <QrCode text={number.replaceAll(' ', '')} label={words.qrLabel} />
        </div>
      )}
      {verified && <p className="good">{words.isVerified}</p>}
      <Problem text={problem} />
      <div className="buttons buttons-end">
        {verified ? (
          <Button isBusy={isBusy} onClick={() => void run(false)}>
            {words.undo}
          </Button>
        ) : (
          <Button kind="main" isBusy={isBusy} onClick={() => void run(true)}>
            {words.match}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
