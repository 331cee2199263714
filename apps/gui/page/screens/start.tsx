import type { AccountInfo } from '@gravy/messenger';
import { type ReactElement, useEffect, useState } from 'react';
import { usePage } from '../parts/context.js';
import { WORDS } from '../words.js';
import { CreateAccount } from './start/create-account.js';
import { LogIn } from './start/log-in.js';

/** The first screen: an account is made, or one that is there is opened. */
export function Start({ accounts }: { accounts: readonly AccountInfo[] }): ReactElement {
  const page = usePage();
  const [creates, setCreates] = useState(accounts.length === 0);
  useEffect(() => {
    // Another window may have logged in meanwhile, which is no event of an account that is closed.
    const look = (): void => void page.mirror.readAccount();
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [page]);
  return (
    <main className="centred">
      <div className="card start">
        <h1>{WORDS.product}</h1>
        <p className="note">{WORDS.start.tagline}</p>
        {creates ? (
          <CreateAccount {...(accounts.length > 0 ? { onBack: () => setCreates(false) } : {})} />
        ) : (
          <LogIn accounts={accounts} onCreate={() => setCreates(true)} />
        )}
      </div>
    </main>
  );
}
