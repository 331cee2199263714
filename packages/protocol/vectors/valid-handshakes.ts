// Handshakes that succeed.
import { replaced } from './bytes.ts';
import { vectorOf, type HandshakeVector } from './handshake-vector.ts';
import { inputOf, runScript, scriptOf, type Script } from './scripted-handshake.ts';

function valid(
  name: string,
  changes: Partial<Script> = {},
  only?: 'client' | 'server',
): HandshakeVector {
  const script = scriptOf(name, changes);
  const { messages, derived } = runScript(script);
  return vectorOf(script, '2', messages, { ...(only ? { for: only } : {}), derived });
}

const withTopBit = (key: Uint8Array): Uint8Array =>
  replaced(key, 31, Uint8Array.of((key[31] ?? 0) | 0x80));

const secrets = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, index) => inputOf('invites', `psk ${index}`, 32));

export function validHandshakes(): readonly HandshakeVector[] {
  const [first, second, third] = secrets(3);
  const all = secrets(32);
  const same = inputOf('to oneself', 'seed', 32);
  return [
    ...['one', 'two', 'three', 'four'].map((name) => valid(`without an invite, ${name}`)),
    valid('with the only invite', { psk: first, invites: secrets(1) }),
    valid('with the second of three invites', { psk: second, invites: secrets(3) }),
    valid('with the last of three invites', { psk: third, invites: secrets(3) }),
    valid('with the last of 32 invites', { psk: all[31], invites: all }),
    valid('without an invite, to a server that has three', { invites: secrets(3) }),
    valid('with the same key on both sides', { clientSeed: same, serverSeed: same }),
    valid('pk_c with its top bit set', { publicKeys: { 'client.x25519': withTopBit } }, 'server'),
    valid('pk_s with its top bit set', { publicKeys: { 'server.x25519': withTopBit } }, 'client'),
  ];
}
