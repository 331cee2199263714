// Section 2 of the specification, the client. Each step can be tried with several answers, which a real peer must not do.
import {
  DH,
  H,
  idOf,
  join,
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
} from './primitives.js';
import {
  afterMsg1,
  CLIENT_CONTEXT,
  h0,
  hintOf,
  macOf,
  NO_FEATURES,
  noteAll,
  NOTHING,
  schedule,
  SERVER_CONTEXT,
  sessionKeys,
  type Options,
  type SessionKeys,
} from './schedule.js';

export interface ClientOptions extends Options {
  readonly serverId: Uint8Array;
  readonly psk?: Uint8Array | undefined;
}

export interface ClientStart {
  readonly msg1: Uint8Array;
  readonly receive: (msg2: Uint8Array) => ClientProof;
}

interface ClientProof {
  readonly msg3: Uint8Array;
  readonly receive: (msg4: Uint8Array) => SessionKeys;
}

/** 2.2 and 2.3 */
export function startClient(options: ClientOptions): ClientStart {
  const { draw, serverId, psk, note } = options;
  const xServer = x(serverId);
  const e = draw('client.x25519', 32);
  const pk = publicOf(e);
  const kem = kemKeys(draw('client.mlkem', 64));
  const keys = join(pk, kem.ek);
  const hint = psk ? hintOf(psk, keys) : draw('client.hint', 16);
  const covered = join(Uint8Array.of(1, 1), u16(1), keys, hint);
  const mac1 = macOf(serverId, covered);
  const msg1 = join(covered, mac1);
  const { h1, ck1 } = afterMsg1(serverId, msg1, DH(e, xServer));
  noteAll(note, { h0, pk_c: pk, 'H(ek_c)': H(kem.ek), hint, mac1, 'H(msg1)': H(msg1), h1, ck1 });

  /** 2.4 and 2.5 */
  const receive = (msg2: Uint8Array): ClientProof => {
    requireThat(msg2.length === 1137 && msg2[0] === 2, 'message 2 has another form');
    const [untagged, tag2] = [msg2.subarray(0, 1121), msg2.subarray(1121)];
    const [pkS, ct] = [untagged.subarray(1, 33), untagged.subarray(33)];
    const [ss, dh] = [kem.open(ct), DH(e, pkS)];
    const { h1b, ...chain } = schedule({ h1, ck1, ss, dh, psk }, untagged);
    requireThat(same(seal({ key: chain.k2, ad: h1b }, NOTHING), tag2), 'tag2 is wrong');
    const h2 = H(join(h1b, tag2));
    noteAll(note, { pk_s: pkS, 'H(ct)': H(ct), ss, 'DH(e_c, e_s)': dh, h1b, ...chain, tag2 });
    noteAll(note, { 'H(msg2)': H(msg2), h2 });
    return prove(options, { ...chain, h2 });
  };
  return { msg1, receive };
}

interface Proving {
  readonly ck: Uint8Array;
  readonly k3: Uint8Array;
  readonly k4: Uint8Array;
  readonly h2: Uint8Array;
}

/** 2.6 */
function prove(options: ClientOptions, { ck, k3, k4, h2 }: Proving): ClientProof {
  const { seed, draw, serverId, note, features = NO_FEATURES } = options;
  const id = idOf(seed);
  const nonce = draw('client.nonce', 32);
  const sigC = sign(seed, CLIENT_CONTEXT, join(h2, id, serverId, nonce, features));
  const sealed = seal({ key: k3, ad: h2 }, join(id, nonce, features, sigC));
  const msg3 = join(Uint8Array.of(3), sealed);
  const h3 = H(join(h2, msg3));
  noteAll(note, { sig_c: sigC, 'H(msg3)': H(msg3), h3 });

  /** 2.8 */
  const receive = (msg4: Uint8Array): SessionKeys => {
    requireThat(msg4.length === 117 && msg4[0] === 4, 'message 4 has another form');
    const proof = open({ key: k4, ad: h3 }, msg4.subarray(1));
    const [nonceAndFeatures, sigS] = [proof.subarray(0, 36), proof.subarray(36)];
    const body = join(h3, serverId, id, nonceAndFeatures);
    requireThat(verify(serverId, SERVER_CONTEXT, body, sigS), 'the server signed something else');
    const h4 = H(join(h3, msg4));
    noteAll(note, { sig_s: sigS, 'H(msg4)': H(msg4), h4 });
    return sessionKeys(ck, h4);
  };
  return { msg3, receive };
}
