import type { ReactElement } from 'react';
import { usePage } from '../../parts/context.js';
import { WORDS } from '../../words.js';
import { PasswordForm } from './password-form.js';

const words = WORDS.settings;

export function PasswordSettings(): ReactElement {
  const page = usePage();
  return (
    <section className="card" aria-labelledby="password-title">
      <h2 id="password-title">{words.password}</h2>
      <p className="note">{WORDS.start.passwordHint}</p>
      <PasswordForm
        labels={{
          current: words.oldPassword,
          chosen: words.newPassword,
          repeated: words.repeatPassword,
          submit: words.changePassword,
        }}
        done={words.passwordChanged}
        onSubmit={async ({ current, chosen }) => {
          await page.call('account.changePassword', { oldPassword: current, newPassword: chosen });
        }}
      />
    </section>
  );
}
