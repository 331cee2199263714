// Section 4 of the specification: the bodies of a rekey and the keys that come of them.
import type { Draw } from './schedule.js';
import {
  ascii,
  DH,
  encapsulate,
  H,
  join,
  KDF,
  kemKeys,
  publicOf,
  readUint,
  requireThat,
  u32,
} from './primitives.js';

/** What a rekey starts from. */
export interface Root {
  readonly rk: Uint8Array;
  readonly sid: Uint8Array;
  /** That of the frames that carry the bodies. */
  readonly epoch: number;
}

export interface EpochKeys {
  readonly rk: Uint8Array;
  readonly c2s: Uint8Array;
  readonly s2c: Uint8Array;
}

export interface StartedRekey {
  readonly rekey1: Uint8Array;
  readonly complete: (root: Root, rekey2: Uint8Array) => EpochKeys;
}

/** 4.3 */
function newKeys(root: Root, input: Uint8Array, bodies: Uint8Array): EpochKeys {
  const transcript = H(join(root.sid, bodies));
  const info = join(ascii('gravy/1 rekey'), u32(root.epoch + 1), transcript);
  const keys = KDF(root.rk, input, info, 96);
  return { rk: keys.subarray(0, 32), c2s: keys.subarray(32, 64), s2c: keys.subarray(64) };
}

/** 4.2 and 4.5, of either body. */
function checkBody(body: Uint8Array, length: number, { epoch }: Root): void {
  requireThat(body.length === length, 'the length of a rekey');
  const claimed = readUint(body.subarray(0, 4));
  requireThat(claimed === epoch + 1 && claimed < 2 ** 31, 'epoch + 1');
}

/** The client's side. */
export function startRekey(draw: Draw, epoch: number): StartedRekey {
  const secret = draw('rekey.client.x25519', 32);
  const kem = kemKeys(draw('rekey.client.mlkem', 64));
  const rekey1 = join(u32(epoch + 1), publicOf(secret), kem.ek);
  const complete = (root: Root, rekey2: Uint8Array): EpochKeys => {
    checkBody(rekey2, 1124, root);
    const [pk, ct] = [rekey2.subarray(4, 36), rekey2.subarray(36)];
    return newKeys(root, join(kem.open(ct), DH(secret, pk)), join(rekey1, rekey2));
  };
  return { rekey1, complete };
}

/** The server's side. */
export function answerRekey(
  draw: Draw,
  root: Root,
  rekey1: Uint8Array,
): { readonly rekey2: Uint8Array; readonly keys: EpochKeys } {
  checkBody(rekey1, 1220, root);
  const [pk, ek] = [rekey1.subarray(4, 36), rekey1.subarray(36)];
  const secret = draw('rekey.server.x25519', 32);
  const { ct, ss } = encapsulate(ek, draw('rekey.server.mlkem', 32));
  const rekey2 = join(u32(root.epoch + 1), publicOf(secret), ct);
  return { rekey2, keys: newKeys(root, join(ss, DH(secret, pk)), join(rekey1, rekey2)) };
}
