// Handshakes that succeed.
import { fromHex, replaced } from './bytes.ts';
import { publishing, signingAs, withFeatures } from './disguises.ts';
import { vectorOf, type HandshakeVector } from './handshake-vector.ts';
import { L, toBytes, torsionSigner, type OddSigner } from './odd-signers.ts';
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

/** The only clamped secret key, but for signs, whose public key is small enough to be written a second way: 9, as p + 9. */
const SECRET_OF_NINE = toBytes(5n * L - 1n);
const nineNotCanonical = (): Uint8Array => fromHex(`f6${'ff'.repeat(30)}7f`);

const secrets = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, index) => inputOf('invites', `psk ${index}`, 32));

const torsion = (seed: Uint8Array): OddSigner => torsionSigner(seed, 'always');

/** What a correct `side` does not send, and what the other must take. */
function unusual(side: 'client' | 'server'): readonly HandshakeVector[] {
  const [other, draw, key] =
    side === 'client'
      ? (['server', 'client.x25519', 'pk_c'] as const)
      : (['client', 'server.x25519', 'pk_s'] as const);
  return [
    valid(`${key} with its top bit set`, { disguise: publishing(draw, withTopBit) }, other),
    valid(
      `${key} is p + 9`,
      { draws: { [draw]: SECRET_OF_NINE }, disguise: publishing(draw, nineNotCanonical) },
      other,
    ),
    valid(`the ${side}'s id has torsion`, { disguise: signingAs(side, torsion) }, other),
    valid(`the ${side} has unknown features`, { disguise: withFeatures(side) }, other),
  ];
}

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
    ...(['client', 'server'] as const).flatMap(unusual),
  ];
}
