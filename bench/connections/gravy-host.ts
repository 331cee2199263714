// A host as the program is one: an account on disk, its contacts, its limits.
import { openAccount } from '../peers/gravy-account.ts';
import { serveCalls } from '../processes/serve-calls.ts';
import { usage, heapInUse } from '../processes/usage.ts';

let account: Awaited<ReturnType<typeof openAccount>> | undefined;

function gravy(): Awaited<ReturnType<typeof openAccount>>['gravy'] {
  if (!account) throw new Error('There is no account yet.');
  return account.gravy;
}

const calls = {
  openAccount: async (home: string): Promise<string> => {
    account = await openAccount(home);
    return account.id;
  },
  addContacts: async (ids: readonly string[]): Promise<void> => {
    // At once, so that they share a transaction.
    const names = ids.map((id, index) => ({ id, name: `guest ${index}` }));
    await Promise.all(names.map((contact) => gravy().call('contact.add', contact)));
  },
  listen: async (): Promise<string> => (await gravy().call('host.start', { port: 0 })).url,
  sessions: async (): Promise<number> => (await gravy().call('host.status', {})).sessions,
  usage,
  heapInUse,
};
export type GravyHostCalls = typeof calls;

serveCalls(calls);
