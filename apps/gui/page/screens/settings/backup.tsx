import type { ReactElement } from 'react';
import { saveWritten } from '../../gravy/file-transport.js';
import { usePage } from '../../parts/context.js';
import { WORDS } from '../../words.js';
import { PasswordForm } from './password-form.js';

const words = WORDS.settings;

/** Key, contacts and history in one locked file, for the day this machine is lost. */
export function Backup({ name }: { name: string }): ReactElement {
  const page = usePage();
  return (
    <section className="card" aria-labelledby="backup-title">
      <h2 id="backup-title">{words.backup}</h2>
      <p className="note">{words.backupWhy}</p>
      <PasswordForm
        labels={{
          current: words.backupAccountPassword,
          chosen: words.backupPassword,
          repeated: words.backupRepeated,
          submit: words.backupSave,
        }}
        onSubmit={({ current, chosen }) =>
          saveWritten(page.link, `${name}.gravybackup`, (path) =>
            page.call('account.export', { path, password: current, backupPassword: chosen }),
          )
        }
      />
    </section>
  );
}
