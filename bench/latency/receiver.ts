// The receiving process: notes when each message came, and answers it.
import { openChannel, OwnKey, upgradePath } from '@gravy/protocol';
import { listen, type ServerConnection } from '@gravy/transport';
import { openAccount } from '../peers/gravy-account.ts';
import { listenWithWs } from '../peers/bare-ws.ts';
import { serveCalls } from '../processes/serve-calls.ts';
import { CHANNEL_KIND, clockMs } from './contenders.ts';

let arrivals: number[] = [];
const arrived = (): void => void arrivals.push(clockMs());

async function listenWithChannel(): Promise<{ port: number; id: Uint8Array }> {
  const ownKey = OwnKey.fromSeed(new Uint8Array(32).fill(2));
  const serve = async (connection: ServerConnection): Promise<void> => {
    const channel = await openChannel(connection, {
      role: 'server',
      ownKey,
      authorize: () => true,
    });
    connection.raise('authenticated');
    for await (const { body } of channel.records) {
      arrived();
      void channel.send(CHANNEL_KIND, body);
    }
  };
  const { port } = await listen({
    port: 0,
    hostname: '127.0.0.1',
    path: upgradePath(ownKey.id),
    onConnection: (connection) => void serve(connection),
  });
  return { port, id: ownKey.id };
}

async function host(
  home: string,
  sender: string,
): Promise<{ readonly url: string; readonly id: string }> {
  const { gravy, id } = await openAccount(home);
  await gravy.call('contact.add', { id: sender, name: 'sender' });
  gravy.onEvent(({ method }) => {
    if (method === 'message.received') arrived();
  });
  const { url } = await gravy.call('host.start', { port: 0 });
  return { url, id };
}

const calls = {
  listenWithWs: () => listenWithWs(arrived),
  listenWithChannel,
  host,
  /** When the messages since the last call came, in their order. */
  takeArrivals: (): readonly number[] => {
    const taken = arrivals;
    arrivals = [];
    return taken;
  },
};
export type ReceiverCalls = typeof calls;

serveCalls(calls);
