// Each line that ends with a mark must not compile; steps.types.test.ts runs the compiler and compares.
import {
  awaitHandshake,
  openChannel,
  startHandshake,
  type Channel,
  type ClientAwaitingAcceptance,
  type ClientAwaitingReply,
  type ClientSession,
  type Duplex,
  type OwnKey,
  type PeerProven,
  type ServerAwaitingHello,
  type ServerAwaitingProof,
  type ServerSession,
  type Session,
} from '../../src/index.js';

declare const ownKey: OwnKey;
declare const bytes: Uint8Array;
declare const duplex: Duplex;

export function client(): ClientSession {
  const hello: { message: Uint8Array; next: ClientAwaitingReply } = startHandshake({
    ownKey,
    peerId: bytes,
  });
  hello.next.seal(32, bytes, 1); // must not compile: no session before msg2
  hello.next.accept(); // must not compile: the client decides nothing
  const proof: { message: Uint8Array; next: ClientAwaitingAcceptance } = hello.next.receive(bytes);
  proof.next.seal(32, bytes, 1); // must not compile: no session before msg4
  proof.next.peerId.slice(); // must not compile: nobody is proven before msg4
  const session = proof.next.receive(bytes);
  session.receive(bytes); // must not compile: the handshake is over
  session.sealRekeyStart(1);
  session.sealRekeyAnswer(1); // must not compile: only a server answers a rekey
  session.sealRekeyRequest(1); // must not compile: only a server asks for one
  return session;
}

export function server(): ServerSession {
  const first: ServerAwaitingHello<string> = awaitHandshake<string>({ ownKey });
  first.accept(); // must not compile: nobody has said anything
  const reply: { message: Uint8Array; next: ServerAwaitingProof<string> } = first.receive(bytes);
  reply.next.accept(); // must not compile: nobody is proven before msg3
  reply.next.peerId.slice(); // must not compile: nobody is proven before msg3
  const proven: PeerProven<string> = reply.next.receive(bytes);
  proven.seal(32, bytes, 1); // must not compile: not accepted yet
  proven.invite = 'another'; // must not compile: what was proven stays
  const { session } = proven.accept();
  session.sealRekeyAnswer(1);
  session.sealRekeyStart(1); // must not compile: only a client starts a rekey
  return session;
}

export function either(session: Session): void {
  session.seal(32, bytes, 1);
  session.sealRekeyStart(1); // must not compile: the role is not known
  if (session.role === 'client') session.sealRekeyStart(1);
  else session.sealRekeyRequest(1);
  session.role = 'server'; // must not compile: a role stays
  session.sealClose(8, 1); // must not compile: no such code
}

export async function channel(): Promise<void> {
  await openChannel(duplex, { role: 'client', ownKey }); // must not compile: whom to reach
  await openChannel(duplex, { role: 'server', ownKey }); // must not compile: who is welcome
  const opened: Channel = await openChannel(duplex, { role: 'client', ownKey, peerId: bytes });
  await opened.send('text', bytes); // must not compile: a kind is a number
  await opened.close(8); // must not compile: no such code
}
