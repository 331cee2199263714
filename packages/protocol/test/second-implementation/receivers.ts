// Sessions of the handshake of Appendix A: in one role one of each implementation, and the peer that sends to both.
import {
  awaitHandshake,
  OwnKey,
  startHandshake,
  type ClientSession,
  type CryptoBackend,
  type ServerSession,
} from '../../src/index.js';
import { exampleDraw as draw } from './appendix.js';
import { startClient } from './client.js';
import { idOf } from './primitives.js';
import { answerClient } from './server.js';
import { Session } from './session.js';

const [clientSeed, serverSeed] = [draw('client.seed', 32), draw('server.seed', 32)];
const serverId = idOf(serverSeed);

const keys = (() => {
  const start = startClient({ seed: clientSeed, serverId, draw });
  const reply = answerClient({ seed: serverSeed, draw }, start.msg1);
  const { msg3 } = start.receive(reply.msg2);
  return reply.receive(msg3).keys;
})();

interface Receivers<Ours> {
  readonly ours: Ours;
  readonly theirs: Session;
  readonly sender: Session;
}

export type ReceivingServers = Receivers<ServerSession>;
export type ReceivingClients = Receivers<ClientSession>;

function packageSessions(backend: CryptoBackend): {
  readonly client: ClientSession;
  readonly server: ServerSession;
} {
  const options = { backend, random: draw };
  const ownKey = OwnKey.fromSeed(serverSeed, backend);
  const clientKey = OwnKey.fromSeed(clientSeed, backend);
  const hello = startHandshake({ ownKey: clientKey, peerId: serverId, ...options });
  const reply = awaitHandshake({ ownKey, ...options }).receive(hello.message);
  const proof = hello.next.receive(reply.message);
  const { message, session } = reply.next.receive(proof.message).accept();
  return { client: proof.next.receive(message), server: session };
}

const session = (role: 'client' | 'server'): Session => new Session(role, { keys, draw });

export function receivingServers(backend: CryptoBackend): ReceivingServers {
  const { server } = packageSessions(backend);
  return { ours: server, theirs: session('server'), sender: session('client') };
}

export function receivingClients(backend: CryptoBackend): ReceivingClients {
  const { client } = packageSessions(backend);
  return { ours: client, theirs: session('client'), sender: session('server') };
}
