import type { AccountInfo } from '@gravy/messenger';
import type { ReactElement } from 'react';
import type { View } from '../browser/view.js';
import { shareSession } from '../gravy/page-session.js';
import type { ProvenLink } from '../gravy/proven-request.js';
import { usePage, useSnapshot } from '../parts/context.js';
import { CopyButton } from '../parts/copy-button.js';
import { Icon, type IconName } from '../parts/icon.js';
import { Menu } from '../parts/menu.js';
import { shortId } from '../parts/short-id.js';
import { WORDS } from '../words.js';
import { ConversationList } from './sidebar/conversation-list.js';

const words = WORDS.sidebar;

const PLACES = [
  { kind: 'dashboard', label: words.dashboard, icon: 'dashboard' },
  { kind: 'server', label: words.server, icon: 'server' },
  { kind: 'connect', label: words.connect, icon: 'connect' },
] as const satisfies readonly { kind: View['kind']; label: string; icon: IconName }[];

export function Sidebar({
  account,
  view,
  open,
}: {
  account: AccountInfo;
  view: View;
  open: (view: View) => void;
}): ReactElement {
  const { host } = useSnapshot();
  return (
    <nav className="sidebar" aria-label={words.label}>
      <AccountHead account={account} open={open} />
      <ul className="places">
        {PLACES.map(({ kind, label, icon }) => (
          <li key={kind}>
            <button
              type="button"
              className="entry"
              aria-current={view.kind === kind ? 'page' : undefined}
              onClick={() => open({ kind })}
            >
              <Icon name={icon} />
              <span className="entry-name">{label}</span>
              {kind === 'server' && host.running && (
                <span className="entry-state">{words.hosting(host.sessions)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <ConversationList view={view} open={open} />
    </nav>
  );
}

function AccountHead({
  account,
  open,
}: {
  account: AccountInfo;
  open: (view: View) => void;
}): ReactElement {
  const page = usePage();
  return (
    <header className="account">
      <div className="account-name">
        <strong>
          <bdi>{account.name}</bdi>
        </strong>
        <Menu
          label={words.account(account.name)}
          icon="more"
          entries={[
            { label: words.settings, onChoose: () => open({ kind: 'settings' }) },
            {
              label: words.newWindow,
              onChoose: () => void openWindow(page.link).catch(() => undefined),
            },
            { label: words.lock, onChoose: () => void page.lock() },
            {
              label: words.logOut,
              onChoose: () =>
                void page.call('account.lock', {}).then(() => page.mirror.readAccount()),
            },
          ]}
        />
      </div>
      <div className="account-id">
        <code dir="ltr">{shortId(account.id)}</code>
        <CopyButton
          kind="quiet"
          label={words.copyIdLabel}
          shownAs={words.copyId}
          text={account.id}
        />
      </div>
    </header>
  );
}

/** Where no code can be had, the banner says that the program does not answer. */
async function openWindow(link: ProvenLink): Promise<void> {
  window.open(`/#launch=${await shareSession(link)}`, '_blank', 'noopener');
}
