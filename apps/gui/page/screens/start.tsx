import type { AccountInfo } from '@gravy/messenger';
import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '../parts/button.js';
import { usePage } from '../parts/context.js';
import { WORDS } from '../words.js';
import { CreateAccount } from './start/create-account.js';
import { LogIn } from './start/log-in.js';
import { Restore } from './start/restore.js';

/** The first screen: an account is made, or one that is there is opened. */
export function Start({ accounts }: { accounts: readonly AccountInfo[] }): ReactElement {
  const page = usePage();
  const [way, setWay] = useState<'log in' | 'create' | 'restore'>(
    accounts.length === 0 ? 'create' : 'log in',
  );
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
        {way === 'create' && (
          <CreateAccount {...(accounts.length > 0 ? { onBack: () => setWay('log in') } : {})} />
        )}
        {way === 'log in' && <LogIn accounts={accounts} onCreate={() => setWay('create')} />}
        {way === 'restore' ? (
          <Restore onBack={() => setWay(accounts.length === 0 ? 'create' : 'log in')} />
        ) : (
          <div className="buttons">
            <Button kind="quiet" className="button-flush" onClick={() => setWay('restore')}>
              {WORDS.start.restore}
            </Button>
          </div>
        )}
      </div>
    </main>
  );
}
