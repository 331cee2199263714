// Section 2 of the specification: each side as one function that gives a message and gets the next.
import {
  ascii,
  DH,
  encapsulate,
  H,
  HMAC,
  idOf,
  join,
  KDF,
  kemKeys,
  open,
  publicOf,
  requireThat,
  same,
  seal,
  sign,
  u16,
  verify,
  x,
  xs,
  zeros,
} from './primitives.js';

/** Gives the random bytes of a name of Appendix A. */
export type Draw = (name: string, length: number) => Uint8Array;
/** Is told every value by its name in Appendix A. */
export type Note = (name: string, value: Uint8Array) => void;

export interface SessionKeys {
  readonly c2s: Uint8Array;
  readonly s2c: Uint8Array;
  readonly rk: Uint8Array;
  readonly sid: Uint8Array;
}

export interface Options {
  readonly seed: Uint8Array;
  readonly draw: Draw;
  readonly note?: Note;
}

const NOTHING = zeros(0);
const P = ascii('Gravy/1 X25519+ML-KEM-768 Ed25519 ChaCha20-Poly1305 SHA-256');
const h0 = H(P);
const FEATURES = zeros(4);

const label = (text: string, ...rest: readonly Uint8Array[]): Uint8Array =>
  join(ascii(`gravy/1 ${text}`), ...rest);

const hintOf = (psk: Uint8Array, keys: Uint8Array): Uint8Array =>
  KDF(NOTHING, psk, label('hint', H(keys)), 16);

function macOf(serverId: Uint8Array, covered: Uint8Array): Uint8Array {
  return HMAC(KDF(NOTHING, serverId, label('mac1'), 32), covered).subarray(0, 16);
}

export function upgradePath(serverId: Uint8Array): string {
  return `/${Buffer.from(KDF(NOTHING, serverId, label('path'), 16)).toString('base64url')}`;
}

interface Schedule {
  readonly ck: Uint8Array;
  readonly k2: Uint8Array;
  readonly k3: Uint8Array;
  readonly k4: Uint8Array;
  readonly h1b: Uint8Array;
}

interface Agreed {
  readonly h1: Uint8Array;
  readonly ck1: Uint8Array;
  readonly ss: Uint8Array;
  readonly dh: Uint8Array;
  readonly psk: Uint8Array;
}

/** 2.4; `untagged` is bytes 0 to 1,120 of message 2. */
function schedule({ h1, ck1, ss, dh, psk }: Agreed, untagged: Uint8Array): Schedule {
  const h1b = H(join(h1, untagged));
  const ck = KDF(ck1, join(ss, dh, psk), label('hs', h1b), 32);
  const [k2, k3, k4] = ['k2', 'k3', 'k4'].map((name) => KDF(ck, NOTHING, label(name), 32));
  if (!k2 || !k3 || !k4) throw new Error('three keys');
  return { ck, k2, k3, k4, h1b };
}

function sessionKeys(ck: Uint8Array, h4: Uint8Array): SessionKeys {
  const key = (name: string): Uint8Array => KDF(ck, NOTHING, label(name, h4), 32);
  return { c2s: key('c2s'), s2c: key('s2c'), rk: key('root'), sid: key('sid') };
}

function noteAll(note: Note, values: Readonly<Record<string, Uint8Array>>): void {
  for (const [name, value] of Object.entries(values)) note(name, value);
}

/** Yields messages 1 and 3; is given 2 and 4. */
export function* client(
  options: Options & { readonly serverId: Uint8Array; readonly psk?: Uint8Array },
): Generator<Uint8Array, SessionKeys, Uint8Array> {
  const { seed, draw, serverId, psk, note = () => undefined } = options;
  const [id, e] = [idOf(seed), draw('client.x25519', 32)];
  const pk = publicOf(e);
  const kem = kemKeys(draw('client.mlkem', 64));
  const keys = join(pk, kem.ek);
  const hint = psk ? hintOf(psk, keys) : draw('client.hint', 16);
  const covered = join(Uint8Array.of(1, 1), u16(1), keys, hint);
  const mac1 = macOf(serverId, covered);
  const msg1 = join(covered, mac1);
  const h1 = H(join(H(join(h0, serverId)), msg1));
  const ck1 = KDF(h0, DH(e, x(serverId)), label('es', h1), 32);
  noteAll(note, { h0, pk_c: pk, 'H(ek_c)': H(kem.ek), hint, mac1, 'H(msg1)': H(msg1), h1, ck1 });

  const msg2 = yield msg1;
  requireThat(msg2.length === 1137 && msg2[0] === 2, 'message 2 has another form');
  const [untagged, tag2] = [msg2.subarray(0, 1121), msg2.subarray(1121)];
  const [pkS, ct] = [untagged.subarray(1, 33), untagged.subarray(33)];
  const [ss, dh] = [kem.open(ct), DH(e, pkS)];
  const { ck, k2, k3, k4, h1b } = schedule({ h1, ck1, ss, dh, psk: psk ?? zeros(32) }, untagged);
  requireThat(same(seal({ key: k2, ad: h1b }, NOTHING), tag2), 'tag2 is wrong');
  const h2 = H(join(h1b, tag2));
  noteAll(note, {
    pk_s: pkS,
    'H(ct)': H(ct),
    ss,
    'DH(e_c, e_s)': dh,
    h1b,
    ck,
    k2,
    k3,
    k4,
    tag2,
    'H(msg2)': H(msg2),
    h2,
  });

  const nonce = draw('client.nonce', 32);
  const sigC = sign(seed, 'Gravy/1 client auth', join(h2, id, serverId, nonce, FEATURES));
  const msg3 = join(Uint8Array.of(3), seal({ key: k3, ad: h2 }, join(id, nonce, FEATURES, sigC)));
  const h3 = H(join(h2, msg3));
  noteAll(note, { sig_c: sigC, 'H(msg3)': H(msg3), h3 });

  const msg4 = yield msg3;
  requireThat(msg4.length === 117 && msg4[0] === 4, 'message 4 has another form');
  const proof = open({ key: k4, ad: h3 }, msg4.subarray(1));
  const sigS = proof.subarray(36);
  const isGenuine = verify(
    serverId,
    'Gravy/1 server auth',
    join(h3, serverId, id, proof.subarray(0, 36)),
    sigS,
  );
  requireThat(isGenuine, 'the signature of the server is wrong');
  const h4 = H(join(h3, msg4));
  noteAll(note, { sig_s: sigS, 'H(msg4)': H(msg4), h4 });
  return sessionKeys(ck, h4);
}

export interface Accepted {
  readonly msg4: Uint8Array;
  readonly keys: SessionKeys;
  readonly clientId: Uint8Array;
  /** The secret of the invite that the client came with. */
  readonly psk: Uint8Array | undefined;
}

/** Is given messages 1 and 3; yields nothing, then message 2. */
export function* server(
  options: Options & { readonly invites?: readonly Uint8Array[] },
): Generator<Uint8Array, Accepted, Uint8Array> {
  const { seed, draw, invites = [] } = options;
  const id = idOf(seed);
  const msg1 = yield NOTHING;
  requireThat(msg1.length === 1252, 'message 1 has another length');
  requireThat(same(msg1.subarray(0, 4), Uint8Array.of(1, 1, 0, 1)), 'type, version or suite');
  requireThat(same(macOf(id, msg1.subarray(0, 1236)), msg1.subarray(1236)), 'mac1 is wrong');
  const hint = msg1.subarray(1220, 1236);
  const psk = invites.find((it) => same(hintOf(it, msg1.subarray(4, 1220)), hint));
  const [pkC, ek] = [msg1.subarray(4, 36), msg1.subarray(36, 1220)];
  const h1 = H(join(H(join(h0, id)), msg1));
  const ck1 = KDF(h0, DH(xs(seed), pkC), label('es', h1), 32);

  const e = draw('server.x25519', 32);
  const { ct, ss } = encapsulate(ek, draw('server.mlkem', 32));
  const untagged = join(Uint8Array.of(2), publicOf(e), ct);
  const agreed = { h1, ck1, ss, dh: DH(e, pkC), psk: psk ?? zeros(32) };
  const { ck, k2, k3, k4, h1b } = schedule(agreed, untagged);
  const tag2 = seal({ key: k2, ad: h1b }, NOTHING);
  const h2 = H(join(h1b, tag2));

  const msg3 = yield join(untagged, tag2);
  requireThat(msg3.length === 149 && msg3[0] === 3, 'message 3 has another form');
  const proof = open({ key: k3, ad: h2 }, msg3.subarray(1));
  const clientId = proof.subarray(0, 32);
  const body = join(h2, clientId, id, proof.subarray(32, 68));
  const isGenuine = verify(clientId, 'Gravy/1 client auth', body, proof.subarray(68));
  requireThat(isGenuine, 'the signature of the client is wrong');
  const h3 = H(join(h2, msg3));

  const nonce = draw('server.nonce', 32);
  const sigS = sign(seed, 'Gravy/1 server auth', join(h3, id, clientId, nonce, FEATURES));
  const msg4 = join(Uint8Array.of(4), seal({ key: k4, ad: h3 }, join(nonce, FEATURES, sigS)));
  return { msg4, keys: sessionKeys(ck, H(join(h3, msg4))), clientId, psk };
}
