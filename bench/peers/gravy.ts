import {
  awaitHandshake,
  OwnKey,
  startHandshake,
  type ClientSession,
  type CryptoBackend,
  type ServerSession,
} from '@gravy/protocol';

export interface GravyPeers {
  readonly connect: () => { readonly client: ClientSession; readonly server: ServerSession };
}

/** Two long-term keys that call each other. */
export function gravyPeers(backend: CryptoBackend): GravyPeers {
  const keyOf = (fill: number): OwnKey => OwnKey.fromSeed(new Uint8Array(32).fill(fill), backend);
  const [clientKey, serverKey] = [keyOf(1), keyOf(2)];
  return {
    connect: () => {
      const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, backend });
      const reply = awaitHandshake({ ownKey: serverKey, backend }).receive(hello.message);
      const proof = hello.next.receive(reply.message);
      const { message, session } = reply.next.receive(proof.message).accept();
      return { client: proof.next.receive(message), server: session };
    },
  };
}
