import type { AccountInfo } from '@gravy/messenger';
import { type ReactElement, useCallback, useEffect, useRef } from 'react';
import { useNotifications } from '../browser/use-notifications.js';
import { useNarrow } from '../browser/use-narrow.js';
import { useView, type View } from '../browser/view.js';
import { useSnapshot } from '../parts/context.js';
import { WORDS } from '../words.js';
import { Connect } from './connect.js';
import { ConversationScreen } from './conversation/conversation-screen.js';
import { Dashboard } from './dashboard.js';
import { ServerScreen } from './server.js';
import { SettingsScreen } from './settings.js';
import { Sidebar } from './sidebar.js';

/** The page of an open account: the list at the side, and one view beside it. */
export function Shell({ account }: { account: AccountInfo }): ReactElement {
  const [view, open] = useView();
  const { contacts } = useSnapshot();
  const unread = contacts.reduce((sum, contact) => sum + contact.unread, 0);
  const openConversation = useCallback(
    (contact: string) => open({ kind: 'conversation', contact }),
    [open],
  );
  useNotifications(openConversation);
  useEffect(() => {
    document.title = unread === 0 ? WORDS.product : `(${unread}) ${WORDS.product}`;
  }, [unread]);
  return (
    <div className={view.kind === 'list' ? 'shell shell-list' : 'shell'}>
      <Sidebar account={account} view={view} open={open} />
      <MainView account={account} view={view} open={open} />
    </div>
  );
}

interface ViewProps {
  readonly account: AccountInfo;
  readonly view: View;
  readonly open: (view: View) => void;
}

function MainView({ account, view, open }: ViewProps): ReactElement {
  const main = useRef<HTMLElement>(null);
  const key = view.kind === 'conversation' ? view.contact : view.kind;
  const lastKey = useRef(key);
  useEffect(() => {
    // A new view begins at its start, for the eye and for a screen reader; not the first one.
    if (lastKey.current === key) return;
    lastKey.current = key;
    if (view.kind !== 'list' && view.kind !== 'conversation') main.current?.focus();
  }, [key, view.kind]);
  const isNarrow = useNarrow();
  if (view.kind === 'list' && isNarrow) {
    // The list is all there is to see; what the page is stands in words all the same.
    return (
      <main className="unseen">
        <h1>{WORDS.product}</h1>
      </main>
    );
  }
  return (
    <main ref={main} tabIndex={-1} className={`main main-${view.kind}`}>
      {view.kind === 'conversation' ? (
        <ConversationScreen
          key={view.contact}
          contactId={view.contact}
          jumpTo={view.message}
          open={open}
        />
      ) : (
        <div className="main-page">
          {(view.kind === 'dashboard' || view.kind === 'list') && (
            <Dashboard account={account} open={open} />
          )}
          {view.kind === 'server' && <ServerScreen open={open} />}
          {view.kind === 'connect' && <Connect open={open} />}
          {view.kind === 'settings' && <SettingsScreen account={account} open={open} />}
        </div>
      )}
    </main>
  );
}
