// Section 2 of the specification, as far as both sides compute the same.
import { ascii, H, HMAC, join, KDF, zeros } from './primitives.js';

/** Gives the random bytes of a name of Appendix A. */
export type Draw = (name: string, length: number) => Uint8Array;
/** Is told every value by its name in Appendix A. */
export type Note = (name: string, value: Uint8Array) => void;

export interface Options {
  readonly seed: Uint8Array;
  readonly draw: Draw;
  readonly note?: Note;
  /** 2.9; without it those of version 1, which are none. */
  readonly features?: Uint8Array | undefined;
}

/** 2.10 */
export interface SessionKeys {
  readonly c2s: Uint8Array;
  readonly s2c: Uint8Array;
  readonly rk: Uint8Array;
  readonly sid: Uint8Array;
}

export const NOTHING = zeros(0);
export const NO_FEATURES = zeros(4);
export const CLIENT_CONTEXT = 'Gravy/1 client auth';
export const SERVER_CONTEXT = 'Gravy/1 server auth';
const P = ascii('Gravy/1 X25519+ML-KEM-768 Ed25519 ChaCha20-Poly1305 SHA-256');
export const h0 = H(P);

const label = (text: string, ...rest: readonly Uint8Array[]): Uint8Array =>
  join(ascii(`gravy/1 ${text}`), ...rest);

/** 1.2 */
export function upgradePath(serverId: Uint8Array): string {
  return `/${Buffer.from(KDF(NOTHING, serverId, label('path'), 16)).toString('base64url')}`;
}

/** 2.2; `keys` is `pk_c || ek_c`. */
export const hintOf = (psk: Uint8Array, keys: Uint8Array): Uint8Array =>
  KDF(NOTHING, psk, label('hint', H(keys)), 16);

/** 2.2; `covered` is bytes 0 to 1,235 of message 1. */
export function macOf(serverId: Uint8Array, covered: Uint8Array): Uint8Array {
  return HMAC(KDF(NOTHING, serverId, label('mac1'), 32), covered).subarray(0, 16);
}

/** 2.3; `dh` is the agreement of `e_c` with the server's long-term key. */
export function afterMsg1(
  serverId: Uint8Array,
  msg1: Uint8Array,
  dh: Uint8Array,
): { readonly h1: Uint8Array; readonly ck1: Uint8Array } {
  const h1 = H(join(H(join(h0, serverId)), msg1));
  return { h1, ck1: KDF(h0, dh, label('es', h1), 32) };
}

interface Agreed {
  readonly h1: Uint8Array;
  readonly ck1: Uint8Array;
  readonly ss: Uint8Array;
  readonly dh: Uint8Array;
  readonly psk: Uint8Array | undefined;
}

interface Schedule {
  readonly ck: Uint8Array;
  readonly k2: Uint8Array;
  readonly k3: Uint8Array;
  readonly k4: Uint8Array;
  readonly h1b: Uint8Array;
}

/** 2.4; `untagged` is bytes 0 to 1,120 of message 2. */
export function schedule({ h1, ck1, ss, dh, psk }: Agreed, untagged: Uint8Array): Schedule {
  const h1b = H(join(h1, untagged));
  const ck = KDF(ck1, join(ss, dh, psk ?? zeros(32)), label('hs', h1b), 32);
  const key = (name: string): Uint8Array => KDF(ck, NOTHING, label(name), 32);
  return { ck, k2: key('k2'), k3: key('k3'), k4: key('k4'), h1b };
}

/** 2.10 */
export function sessionKeys(ck: Uint8Array, h4: Uint8Array): SessionKeys {
  const key = (name: string): Uint8Array => KDF(ck, NOTHING, label(name, h4), 32);
  return { c2s: key('c2s'), s2c: key('s2c'), rk: key('root'), sid: key('sid') };
}

export function noteAll(
  note: Note | undefined,
  values: Readonly<Record<string, Uint8Array>>,
): void {
  for (const [name, value] of Object.entries(values)) note?.(name, value);
}
