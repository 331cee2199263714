import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { Menu } from '../../parts/menu.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';
import type { SendingFiles } from './use-send-files.js';

const words = WORDS.conversation;

/** Files by the browser's own picker; folders by their path, since a page cannot see them. */
export function Attach({ files }: { files: SendingFiles }): ReactElement {
  const picker = useRef<HTMLInputElement>(null);
  const [asksPath, setAsksPath] = useState(false);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          files.send([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <Button
        isBusy={!files.isPossible}
        onClick={() => files.isPossible && picker.current?.click()}
      >
        {words.attach}
      </Button>
      <Menu
        label={`${WORDS.more}: ${words.attach}`}
        icon="more"
        entries={[{ label: words.folder, onChoose: () => setAsksPath(true) }]}
      />
      {asksPath && <PathDialog files={files} onClose={() => setAsksPath(false)} />}
    </>
  );
}

function PathDialog({
  files,
  onClose,
}: {
  files: SendingFiles;
  onClose: () => void;
}): ReactElement {
  const [path, setPath] = useState('');
  const { run, isBusy, problem } = useAction(async () => {
    await files.sendPath(path.trim());
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title={words.folder} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Field
          label={words.folderPath}
          placeholder={words.folderHint}
          why={words.folderWhy}
          value={path}
          onChange={({ target }) => setPath(target.value)}
          problem={problem}
          dir="ltr"
        />
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button kind="main" type="submit" isBusy={isBusy}>
            {words.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
