import type { ReactElement } from 'react';
import { useLink, useSnapshot } from './parts/context.js';
import { LinkBanner } from './screens/link-banner.js';
import { Refused } from './screens/refused.js';
import { Shell } from './screens/shell.js';
import { Start } from './screens/start.js';
import { useIdleLock } from './browser/use-idle-lock.js';
import { useTheme } from './browser/use-theme.js';
import { WORDS } from './words.js';

/** Which screen there is to see: that depends on the link to Gravy first, on the account second. */
export function App(): ReactElement {
  const link = useLink();
  const { account, settings } = useSnapshot();
  useTheme(settings.theme);
  useIdleLock(account.kind === 'open');
  if (link.kind === 'refused') return <Refused reason={link.reason} />;
  return (
    <>
      {link.kind === 'waiting' && <LinkBanner state={link} />}
      {account.kind === 'unknown' && (
        <main className="centred" aria-busy="true">
          <p className="late">{WORDS.link.opening}</p>
        </main>
      )}
      {account.kind === 'closed' && <Start accounts={account.accounts} />}
      {account.kind === 'open' && <Shell account={account.info} />}
    </>
  );
}
