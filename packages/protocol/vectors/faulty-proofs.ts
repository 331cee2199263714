// Handshakes with a fault in messages 3 and 4: what is sealed, and how it is signed.
import { OwnKey, portableBackend } from '@gravy/protocol';
import { ascii, flipped, fromHex, join, replaced } from './bytes.ts';
import { sealedWithoutData, signingAs } from './disguises.ts';
import {
  disguised,
  faulty,
  message,
  type Forge,
  type HandshakeVector,
} from './handshake-vector.ts';
import {
  L,
  NEUTRAL,
  NEUTRAL_NOT_CANONICAL,
  neutralNonceSigner,
  neutralSigner,
  toBytes,
  toNumber,
  torsionSigner,
  type OddSigner,
} from './odd-signers.ts';
import { inputOf } from './scripted-handshake.ts';

const NONCE = new Uint8Array(12);

interface Signed {
  readonly seed?: Uint8Array;
  readonly context?: string;
  readonly hash?: Uint8Array;
  /** The id it is signed for, in place of the receiver's. */
  readonly audience?: Uint8Array;
  /** Done to the plaintext after it has been signed. */
  readonly after?: (plaintext: Uint8Array) => Uint8Array;
}

function signatureOver(seed: Uint8Array, context: string, body: Uint8Array): Uint8Array {
  const spaces = new Uint8Array(64).fill(0x20);
  return portableBackend
    .signingKeyPair(seed)
    .sign(join(spaces, ascii(context), Uint8Array.of(0), body));
}

/** Message 3 around a plaintext signed otherwise. */
const proofWith =
  ({ seed, context = 'Gravy/1 client auth', hash, audience, after = (it) => it }: Signed): Forge =>
  ({ proof }, { clientSeed, serverSeed }) => {
    const serverId = OwnKey.fromSeed(serverSeed).id;
    const [id, rest] = [proof.plaintext.subarray(0, 32), proof.plaintext.subarray(32, 68)];
    const signature = signatureOver(
      seed ?? clientSeed,
      context,
      join(hash ?? proof.hash, id, audience ?? serverId, rest),
    );
    const plaintext = after(join(id, rest, signature));
    return join(
      Uint8Array.of(3),
      portableBackend.aeadSeal(proof.key, NONCE, proof.hash, plaintext),
    );
  };

const acceptanceWith =
  ({ seed, context = 'Gravy/1 server auth', hash, audience, after = (it) => it }: Signed): Forge =>
  ({ acceptance }, { clientSeed, serverSeed }) => {
    const [clientId, serverId] = [OwnKey.fromSeed(clientSeed).id, OwnKey.fromSeed(serverSeed).id];
    const rest = acceptance.plaintext.subarray(0, 36);
    const body = join(hash ?? acceptance.hash, serverId, audience ?? clientId, rest);
    const plaintext = after(join(rest, signatureOver(seed ?? serverSeed, context, body)));
    return join(
      Uint8Array.of(4),
      portableBackend.aeadSeal(acceptance.key, NONCE, acceptance.hash, plaintext),
    );
  };

/** The signature, which ends the plaintext, with S + L in place of S. */
function withLargerScalar(plaintext: Uint8Array): Uint8Array {
  const start = plaintext.length - 32;
  return replaced(plaintext, start, toBytes(toNumber(plaintext.subarray(start)) + L));
}

/** Signatures that some verifiers take, by the side that sends message `number`. */
function oddSignatures(number: 3 | 4): readonly HandshakeVector[] {
  const by = (fault: string, signer: (seed: Uint8Array) => OddSigner): HandshakeVector =>
    disguised(number, '0.4', fault, signingAs(number === 3 ? 'client' : 'server', signer));
  return [
    by('R of small order', (seed) => neutralNonceSigner(seed, NEUTRAL)),
    by('R not canonical', (seed) => neutralNonceSigner(seed, NEUTRAL_NOT_CANONICAL)),
    by('a signature that holds only with the cofactor', (seed) =>
      torsionSigner(seed, 'with cofactor'),
    ),
  ];
}

export function proofFaults(): readonly HandshakeVector[] {
  const other = inputOf('somebody else', 'seed', 32);
  const claiming = (id: string): Forge =>
    proofWith({ after: (it) => replaced(it, 0, fromHex(id)) });
  return [
    faulty(
      3,
      '2.6',
      'the ciphertext with one bit changed',
      message(3, (it) => flipped(it, 1)),
    ),
    faulty(
      3,
      '2.6',
      'the tag with one bit changed',
      message(3, (it) => flipped(it, 148)),
    ),
    faulty(3, '2.6', 'signed with another key', proofWith({ seed: other })),
    faulty(
      3,
      '0.5',
      'signed in the context of the server',
      proofWith({ context: 'Gravy/1 server auth' }),
    ),
    faulty(3, '2.6', 'signed for another server', proofWith({ audience: other })),
    faulty(3, '2.6', 'signed over another handshake', proofWith({ hash: new Uint8Array(32) })),
    faulty(
      3,
      '2.6',
      'the nonce changed after signing',
      proofWith({ after: (it) => flipped(it, 32) }),
    ),
    faulty(
      3,
      '2.9',
      'the features changed after signing',
      proofWith({ after: (it) => flipped(it, 67) }),
    ),
    faulty(3, '0.4', 'S + L in place of S', proofWith({ after: withLargerScalar })),
    ...oddSignatures(3),
    disguised(3, '2.6', 'h2 left out of the AEAD', sealedWithoutData(132)),
    disguised(
      3,
      '0.4',
      'id_c of small order',
      signingAs('client', (seed) => neutralSigner(seed, NEUTRAL)),
    ),
    disguised(
      3,
      '0.4',
      'id_c of small order and not canonical',
      signingAs('client', (seed) => neutralSigner(seed, NEUTRAL_NOT_CANONICAL)),
    ),
    faulty(3, '0.4', 'id_c not canonical', claiming(`f0${'ff'.repeat(30)}7f`)),
    faulty(3, '0.4', 'id_c not on the curve', claiming(`02${'00'.repeat(31)}`)),
  ];
}

export function acceptanceFaults(): readonly HandshakeVector[] {
  const other = inputOf('somebody else', 'seed', 32);
  return [
    faulty(
      4,
      '2.8',
      'the ciphertext with one bit changed',
      message(4, (it) => flipped(it, 1)),
    ),
    faulty(
      4,
      '2.8',
      'the tag with one bit changed',
      message(4, (it) => flipped(it, 116)),
    ),
    faulty(4, '2.8', 'signed with another key', acceptanceWith({ seed: other })),
    faulty(
      4,
      '0.5',
      'signed in the context of the client',
      acceptanceWith({ context: 'Gravy/1 client auth' }),
    ),
    faulty(4, '2.8', 'signed for another client', acceptanceWith({ audience: other })),
    faulty(4, '2.8', 'signed over another handshake', acceptanceWith({ hash: new Uint8Array(32) })),
    faulty(
      4,
      '2.8',
      'the nonce changed after signing',
      acceptanceWith({ after: (it) => flipped(it, 0) }),
    ),
    faulty(
      4,
      '2.9',
      'the features changed after signing',
      acceptanceWith({ after: (it) => flipped(it, 35) }),
    ),
    faulty(4, '0.4', 'S + L in place of S', acceptanceWith({ after: withLargerScalar })),
    ...oddSignatures(4),
    disguised(4, '2.8', 'h3 left out of the AEAD', sealedWithoutData(100)),
  ];
}
