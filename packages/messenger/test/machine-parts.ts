import type { HistoryStore } from '@gravy/history';
import { nodeFiles } from '../src/account/files/node-files.js';
import { conversationWriter } from '../src/account/write-conversation.js';
import type { AccountPorts } from '../src/core/account.js';

/** What an account needs of this machine besides a network: a tunnel is none of it. */
export function machineParts(
  filesFolder: string,
  store: HistoryStore,
): Pick<AccountPorts, 'tunnels' | 'files' | 'filesFolder' | 'writeConversation'> {
  return {
    tunnels: { open: () => Promise.reject(new Error('No tunnel is part of this test.')) },
    files: nodeFiles,
    filesFolder,
    writeConversation: conversationWriter(store),
  };
}
