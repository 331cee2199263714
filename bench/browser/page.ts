// Runs in the page: how long each side of a handshake takes there.
import { awaitHandshake, OwnKey, startHandshake } from '@gravy/protocol';

const HANDSHAKES = 21;

/** Milliseconds of the whole of each side's work. */
export interface SideTimes {
  readonly client: number;
  readonly server: number;
}

function once(clientKey: OwnKey, serverKey: OwnKey): SideTimes {
  const spent = { client: 0, server: 0 };
  const by = <T>(side: 'client' | 'server', work: () => T): T => {
    const start = performance.now();
    const result = work();
    spent[side] += performance.now() - start;
    return result;
  };
  const hello = by('client', () => startHandshake({ ownKey: clientKey, peerId: serverKey.id }));
  const reply = by('server', () => awaitHandshake({ ownKey: serverKey }).receive(hello.message));
  const proof = by('client', () => hello.next.receive(reply.message));
  const accepted = by('server', () => reply.next.receive(proof.message).accept());
  by('client', () => proof.next.receive(accepted.message));
  return spent;
}

const keyOf = (fill: number): OwnKey => OwnKey.fromSeed(new Uint8Array(32).fill(fill));

/** In order: the first one pays for compiling, as the first one of a real page does. */
function measure(): readonly SideTimes[] {
  const [clientKey, serverKey] = [keyOf(1), keyOf(2)];
  return Array.from({ length: HANDSHAKES }, () => once(clientKey, serverKey));
}

Object.assign(globalThis, { measure });
