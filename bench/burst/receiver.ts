// The process that the texts are for.
import { openAccount } from '../peers/gravy-account.ts';
import { listenWithWs } from '../peers/bare-ws.ts';
import { serveCalls } from '../processes/serve-calls.ts';

let stored = 0;

async function host(home: string, sender: string): Promise<{ url: string; id: string }> {
  const { gravy, id } = await openAccount(home);
  await gravy.call('contact.add', { id: sender, name: 'sender' });
  gravy.onEvent(({ method }) => {
    if (method === 'message.received') stored += 1;
  });
  const { url } = await gravy.call('host.start', { port: 0 });
  return { url, id };
}

const calls = {
  listenWithWs: () => listenWithWs(),
  host,
  /** How many texts were told as received since the last call. */
  takeStored: (): number => {
    const taken = stored;
    stored = 0;
    return taken;
  },
  processorMs: (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
export type ReceiverCalls = typeof calls;

serveCalls(calls);
