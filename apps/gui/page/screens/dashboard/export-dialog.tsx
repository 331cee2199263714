import type { Contact } from '@gravy/messenger';
import { type ReactElement, useState } from 'react';
import { saveWritten } from '../../gravy/file-transport.js';
import { Button } from '../../parts/button.js';
import { Choice } from '../../parts/choice.js';
import { usePage } from '../../parts/context.js';
import { Dialog } from '../../parts/dialog.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.dashboard;

type Format = 'json' | 'text' | 'html';
const ENDINGS = { json: 'json', text: 'txt', html: 'html' } as const satisfies Record<
  Format,
  string
>;

/** A conversation as a file of its own, saved by the browser. */
export function ExportDialog({
  contact: { id, name },
  onClose,
}: {
  contact: Contact;
  onClose: () => void;
}): ReactElement {
  const page = usePage();
  const [format, setFormat] = useState<Format>('html');
  const { run, isBusy, problem } = useAction(async () => {
    await saveWritten(page.link, `${name}.${ENDINGS[format]}`, (path) =>
      page.call('history.export', { contact: id, format, path }),
    );
    onClose();
  });
  return (
    <Dialog title={words.exportTitle(name)} onClose={onClose}>
      <p className="warning">{words.exportWhy}</p>
      <Choice<Format>
        legend={words.exportFormat}
        value={format}
        onChange={setFormat}
        options={(['html', 'text', 'json'] as const).map((value) => ({
          value,
          label: words.exportFormats[value],
        }))}
      />
      <Problem text={problem} />
      <div className="buttons buttons-end">
        <Button onClick={onClose}>{WORDS.cancel}</Button>
        <Button kind="main" isBusy={isBusy} onClick={() => void run()}>
          {words.exportSave}
        </Button>
      </div>
    </Dialog>
  );
}
