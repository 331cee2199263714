import { fromHex, readVectorFile } from './vector-file.js';
import type { RandomSource } from '../src/random-source.js';

interface SampleRecord {
  from: 'client' | 'server';
  epoch: number;
  seq: number;
  kind: number;
  time_ms: number;
  body: string;
  chain_key: string;
  chain_key_next: string;
  mk: string;
  nonce: string;
  frame: string;
}

interface SampleSession extends Record<SessionHex, string> {
  random: Record<string, string>;
  path: string;
  records: SampleRecord[];
}

type SessionHex =
  | 'seed_c'
  | 'id_c'
  | 'xsk_c'
  | 'seed_s'
  | 'id_s'
  | 'xsk_s'
  | 'xpk_s'
  | 'psk'
  | 'hint'
  | 'pk_c'
  | 'ek_c'
  | 'msg1'
  | 'h1'
  | 'dh_es'
  | 'ck1'
  | 'pk_s'
  | 'ct'
  | 'ss'
  | 'dh_ee'
  | 'h1b'
  | 'ck'
  | 'k2'
  | 'k3'
  | 'k4'
  | 'tag2'
  | 'msg2'
  | 'h2'
  | 'nonce_c'
  | 'feat_c'
  | 'sig_c_input'
  | 'sig_c'
  | 'msg3'
  | 'h3'
  | 'nonce_s'
  | 'feat_s'
  | 'sig_s_input'
  | 'sig_s'
  | 'msg4'
  | 'h4'
  | 'c2s_0'
  | 's2c_0'
  | 'rk_0'
  | 'sid';

export interface Sample {
  P: string;
  h0: string;
  chain_step: { ck: string; next: string; mk: string };
  invite: { psk: string; hint_for_zero_keys: string };
  session: SampleSession;
}

export const sample = readVectorFile('gravy/sample.json') as Sample | undefined;

/** The sample's random inputs, by name. */
export function sampleRandom(values: Record<string, string>): RandomSource {
  return (draw, length) => {
    const bytes = fromHex(values[draw] ?? '');
    if (bytes.length !== length) throw new Error(`the sample has no ${length} bytes of ${draw}`);
    return bytes;
  };
}
