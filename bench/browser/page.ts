// Runs in the page: how long one side of a handshake takes there.
import { awaitHandshake, OwnKey, startHandshake } from '@gravy/protocol';

const ROUNDS = 21;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Medians in milliseconds, of the whole of each side's work. */
function measure(): { readonly client: number; readonly server: number } {
  const [clientKey, serverKey] = [1, 2].map((fill) =>
    OwnKey.fromSeed(new Uint8Array(32).fill(fill)),
  );
  if (!clientKey || !serverKey) throw new Error('Two keys are needed.');
  const times = { client: [] as number[], server: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
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
    times.client.push(spent.client);
    times.server.push(spent.server);
  }
  return { client: median(times.client), server: median(times.server) };
}

Object.assign(globalThis, { measure });
