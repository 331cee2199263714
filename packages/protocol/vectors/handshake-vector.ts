// One vector of section 2, and how a faulty one is made.
import { OwnKey } from '@gravy/protocol';
import { hex } from './bytes.ts';
import {
  backendOf,
  drawsOf,
  messagesUpTo,
  runScript,
  scriptOf,
  type Disguise,
  type Run,
  type Script,
} from './scripted-handshake.ts';

export const SMALL_ORDER = {
  zero: '00'.repeat(32),
  one: `01${'00'.repeat(31)}`,
  'of order 8': 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  'of order 8, the other': '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'p - 1': `ec${'ff'.repeat(30)}7f`,
  'p, not canonical': `ed${'ff'.repeat(30)}7f`,
  'p + 1, not canonical': `ee${'ff'.repeat(30)}7f`,
} as const;

export interface HandshakeVector {
  readonly name: string;
  readonly section: string;
  readonly client: { readonly seed: string; readonly id: string; readonly psk?: string };
  readonly server: {
    readonly seed: string;
    readonly id: string;
    readonly invites: readonly string[];
  };
  readonly draws: Readonly<Record<string, string>>;
  /** Who can reproduce it; both unless said. */
  readonly for?: 'client' | 'server';
  readonly messages: readonly string[];
  /** The receiver of the last message must refuse it. */
  readonly fault?: string;
  readonly derived?: Readonly<Record<string, string>>;
}

export function vectorOf(
  script: Script,
  section: string,
  messages: readonly Uint8Array[],
  rest: Pick<HandshakeVector, 'for' | 'fault' | 'derived'>,
): HandshakeVector {
  const { name, clientSeed, serverSeed, psk, invites } = script;
  const backend = backendOf(script);
  const idOf = (seed: Uint8Array): string => hex(OwnKey.fromSeed(seed, backend).id);
  return {
    name,
    section,
    client: { seed: hex(clientSeed), id: idOf(clientSeed), ...(psk ? { psk: hex(psk) } : {}) },
    server: { seed: hex(serverSeed), id: idOf(serverSeed), invites: invites.map(hex) },
    draws: drawsOf(script, /^(?:client|server)\./u),
    messages: messages.map(hex),
    ...rest,
  };
}

export type Forge = (run: Run, script: Script) => Uint8Array;

/** A message that was honest up to the last one, which is forged. */
export function faulty(
  number: 1 | 2 | 3 | 4,
  section: string,
  fault: string,
  forge: Forge,
  changes: Partial<Script> = {},
): HandshakeVector {
  const script = scriptOf(`message ${number}: ${fault}`, changes);
  const run = runScript(script);
  const messages = [...run.messages.slice(0, number - 1), forge(run, script)];
  return vectorOf(script, section, messages, {
    for: number % 2 === 1 ? 'server' : 'client',
    fault,
  });
}

/** The last message comes from a side that is not honest, and goes on from there as an honest one would. */
export function disguised(
  number: 2 | 3 | 4,
  section: string,
  fault: string,
  disguise: Disguise,
): HandshakeVector {
  const script = scriptOf(`message ${number}: ${fault}`, { disguise });
  return vectorOf(script, section, messagesUpTo(number, script), {
    for: number === 3 ? 'server' : 'client',
    fault,
  });
}

/** A message as it was, but for `change`. */
export const message =
  (number: number, change: (bytes: Uint8Array) => Uint8Array): Forge =>
  (run) =>
    change(run.messages[number - 1] ?? new Uint8Array(0));
