import { expect } from 'vitest';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { awaitHandshake, type ServerHandshakeOptions } from '../src/handshake/await-handshake.js';
import { startHandshake, type ClientHandshakeOptions } from '../src/handshake/start-handshake.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import type { ClientSession } from '../src/record/client-session.js';
import type { ServerSession } from '../src/record/server-session.js';
import type { Session } from '../src/record/session.js';

export function keyOf(fill: number, backend: CryptoBackend = nodeBackend): OwnKey {
  return OwnKey.fromSeed(new Uint8Array(32).fill(fill), backend);
}

export const clientKey = keyOf(1);
export const serverKey = keyOf(2);

export interface Run<Invite> {
  readonly client: ClientSession;
  readonly server: ServerSession;
  readonly peerId: Uint8Array;
  readonly invite: Invite | undefined;
  readonly messages: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
}

/** One whole handshake between the two keys, with these options in place of the usual ones. */
export function runHandshake<Invite = never>(
  clientOptions: Partial<ClientHandshakeOptions> = {},
  serverOptions: Partial<ServerHandshakeOptions<Invite>> = {},
): Run<Invite> {
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, ...clientOptions });
  const reply = awaitHandshake({ ownKey: serverKey, ...serverOptions }).receive(hello.message);
  const proof = hello.next.receive(reply.message);
  const proven = reply.next.receive(proof.message);
  const accepted = proven.accept();
  return {
    client: proof.next.receive(accepted.message),
    server: accepted.session,
    peerId: proven.peerId,
    invite: proven.invite,
    messages: [hello.message, reply.message, proof.message, accepted.message],
  };
}

/** Sends a record each way: the two sessions hold the same keys. */
export function areConnected(client: Session, server: Session): boolean {
  const body = new TextEncoder().encode('does this arrive?');
  const there = server.open(client.seal(32, body, 1)).body;
  const back = client.open(server.seal(32, there, 2)).body;
  return Buffer.from(back).equals(body);
}

export function errorWith(code: string): unknown {
  return expect.objectContaining({ name: 'ProtocolError', code });
}
