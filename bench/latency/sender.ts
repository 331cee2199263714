// The sending process: one message at a time, each after the answer to the one before.
import { openChannel, OwnKey, upgradePath } from '@gravy/protocol';
import { dial } from '@gravy/transport';
import { openAccount } from '../peers/gravy-account.ts';
import { dialWithWs } from '../peers/bare-ws.ts';
import { serveCalls } from '../processes/serve-calls.ts';
import { CHANNEL_KIND, clockMs, type ContenderName } from './contenders.ts';

const BYTES = 100;
const RECEIVER = 'receiver';

/** Sends one message; `answered` is called when the receiver has answered it. */
type Send = () => void;

const senders = new Map<ContenderName, Send>();
let answered: () => void = () => undefined;
let account: Awaited<ReturnType<typeof openAccount>> | undefined;

async function connectWithWs(port: number): Promise<void> {
  const socket = await dialWithWs(port);
  const body = new Uint8Array(BYTES).fill(7);
  socket.on('message', () => answered());
  senders.set('ws', () => socket.send(body));
}

async function connectWithChannel({ port, id }: { port: number; id: Uint8Array }): Promise<void> {
  const ownKey = OwnKey.fromSeed(new Uint8Array(32).fill(1));
  const connection = await dial(`ws://127.0.0.1:${port}`, { path: upgradePath(id) });
  const channel = await openChannel(connection, { role: 'client', ownKey, peerId: id });
  const read = async (): Promise<void> => {
    for await (const record of channel.records) if (record.kind === CHANNEL_KIND) answered();
  };
  void read();
  const body = new Uint8Array(BYTES).fill(7);
  senders.set('channel', () => void channel.send(CHANNEL_KIND, body));
}

async function connectWithGravy({ url, id }: { url: string; id: string }): Promise<void> {
  const gravy = account?.gravy;
  if (!gravy) throw new Error('There is no account yet.');
  await gravy.call('contact.add', { id, name: RECEIVER });
  await gravy.call('session.connect', { url, contact: RECEIVER });
  gravy.onEvent((event) => {
    if (event.method === 'message.state' && event.params.state === 'delivered') answered();
  });
  const text = 'x'.repeat(BYTES);
  senders.set('gravy', () => void gravy.call('message.send', { contact: RECEIVER, text }));
}

interface Round {
  /** Of this process, by all of its threads. */
  readonly processorMs: number;
  readonly sent: readonly number[];
  readonly answered: readonly number[];
}

async function sendInTurn(contender: ContenderName, count: number): Promise<Round> {
  const send = senders.get(contender);
  if (!send) throw new Error('This contender is not connected.');
  const round = { sent: [] as number[], answered: [] as number[] };
  const used = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    const { promise, resolve } = Promise.withResolvers<void>();
    answered = () => {
      round.answered.push(clockMs());
      resolve();
    };
    round.sent.push(clockMs());
    send();
    await promise;
  }
  const { user, system } = process.cpuUsage(used);
  return { ...round, processorMs: (user + system) / 1000 };
}

const calls = {
  openAccount: async (home: string): Promise<string> => {
    account = await openAccount(home);
    return account.id;
  },
  connectWithWs,
  connectWithChannel,
  connectWithGravy,
  sendInTurn,
};
export type SenderCalls = typeof calls;

serveCalls(calls);
