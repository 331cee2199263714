// Section 2 of the specification, the server. Each step can be tried with several answers, which a real peer must not do.
import {
  DH,
  encapsulate,
  H,
  idOf,
  join,
  open,
  publicOf,
  requireThat,
  same,
  seal,
  sign,
  verify,
  xs,
} from './primitives.js';
import {
  afterMsg1,
  CLIENT_CONTEXT,
  hintOf,
  macOf,
  NO_FEATURES,
  NOTHING,
  schedule,
  SERVER_CONTEXT,
  sessionKeys,
  type Options,
  type SessionKeys,
} from './schedule.js';

export interface ServerOptions extends Options {
  readonly invites?: readonly Uint8Array[];
}

export interface ServerReply {
  readonly msg2: Uint8Array;
  readonly receive: (msg3: Uint8Array) => Accepted;
}

interface Accepted {
  readonly msg4: Uint8Array;
  readonly keys: SessionKeys;
  readonly clientId: Uint8Array;
  /** The secret of the invite that the client came with. */
  readonly psk: Uint8Array | undefined;
}

/** 2.2 to 2.4: what a server does with message 1. */
export function answerClient(options: ServerOptions, msg1: Uint8Array): ServerReply {
  const { seed, draw, invites = [] } = options;
  const id = idOf(seed);
  requireThat(msg1.length === 1252, 'message 1 has another length');
  requireThat(same(msg1.subarray(0, 4), Uint8Array.of(1, 1, 0, 1)), 'type, version or suite');
  requireThat(same(macOf(id, msg1.subarray(0, 1236)), msg1.subarray(1236)), 'mac1 is wrong');
  const hint = msg1.subarray(1220, 1236);
  const psk = invites.find((invite) => same(hintOf(invite, msg1.subarray(4, 1220)), hint));
  const [pkC, ek] = [msg1.subarray(4, 36), msg1.subarray(36, 1220)];
  const { h1, ck1 } = afterMsg1(id, msg1, DH(xs(seed), pkC));

  const e = draw('server.x25519', 32);
  const { ct, ss } = encapsulate(ek, draw('server.mlkem', 32));
  const untagged = join(Uint8Array.of(2), publicOf(e), ct);
  const chain = schedule({ h1, ck1, ss, dh: DH(e, pkC), psk }, untagged);
  const tag2 = seal({ key: chain.k2, ad: chain.h1b }, NOTHING);
  const h2 = H(join(chain.h1b, tag2));
  return {
    msg2: join(untagged, tag2),
    receive: (msg3) => accept(options, { ...chain, h2, psk }, msg3),
  };
}

interface Awaiting {
  readonly ck: Uint8Array;
  readonly k3: Uint8Array;
  readonly k4: Uint8Array;
  readonly h2: Uint8Array;
  readonly psk: Uint8Array | undefined;
}

/** 2.6 and 2.8; everybody is welcome. */
function accept(
  { seed, draw, features = NO_FEATURES }: ServerOptions,
  { ck, k3, k4, h2, psk }: Awaiting,
  msg3: Uint8Array,
): Accepted {
  const id = idOf(seed);
  requireThat(msg3.length === 149 && msg3[0] === 3, 'message 3 has another form');
  const proof = open({ key: k3, ad: h2 }, msg3.subarray(1));
  const [clientId, nonceAndFeatures] = [proof.subarray(0, 32), proof.subarray(32, 68)];
  const body = join(h2, clientId, id, nonceAndFeatures);
  const isGenuine = verify(clientId, CLIENT_CONTEXT, body, proof.subarray(68));
  requireThat(isGenuine, 'the client signed something else');
  const h3 = H(join(h2, msg3));

  const nonce = draw('server.nonce', 32);
  const sigS = sign(seed, SERVER_CONTEXT, join(h3, id, clientId, nonce, features));
  const sealed = seal({ key: k4, ad: h3 }, join(nonce, features, sigS));
  const msg4 = join(Uint8Array.of(4), sealed);
  return { msg4, keys: sessionKeys(ck, H(join(h3, msg4))), clientId, psk };
}
