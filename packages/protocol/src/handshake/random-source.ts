/** The random inputs of one handshake, by name, so that a run can be reproduced from a list. */
export type RandomDraw =
  | 'client.x25519'
  | 'client.mlkem'
  | 'client.hint'
  | 'client.nonce'
  | 'server.x25519'
  | 'server.mlkem'
  | 'server.nonce';

/**
 * Gives `length` random bytes for the input `draw`; the handshake overwrites them after use. Each name is drawn at most
 * once per handshake. Leave it out except in tests: the back end's own source is the default.
 */
export type RandomSource = (draw: RandomDraw, length: number) => Uint8Array;
