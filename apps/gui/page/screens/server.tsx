import type { ReactElement } from 'react';
import type { View } from '../browser/view.js';
import { useSnapshot } from '../parts/context.js';
import { WORDS } from '../words.js';
import { PageHead } from './page-head.js';
import { Invites } from './server/invites.js';
import { Requests } from './server/requests.js';
import { ServerManager } from './server/server-manager.js';
import { StartServer } from './server/start-server.js';

/** Hosting: how it is begun, or what there is to see and do while it lasts. */
export function ServerScreen({ open }: { open: (view: View) => void }): ReactElement {
  const { host, requests } = useSnapshot();
  return (
    <>
      <PageHead title={WORDS.server.title} open={open} />
      {requests.length > 0 && <Requests />}
      {host.running ? <ServerManager open={open} /> : <StartServer />}
      <Invites />
    </>
  );
}
