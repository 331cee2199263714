// Which back end the runtime's export conditions choose, and which primitives are its own.
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { portableBackend, type CryptoBackend } from '@gravy/protocol';
import { nodeBackend } from '@gravy/protocol/node';

/** One of each group that is chosen together. */
const GROUPS = {
  hashing: 'sha256',
  signing: 'signingKeyPair',
  agreement: 'agreementKeyPair',
  kem: 'kemKeyPair',
  aead: 'aeadSeal',
} as const satisfies Readonly<Record<string, keyof CryptoBackend>>;

export interface BackEnd {
  /** The file that `#default-backend` stands for. */
  readonly chosen: string;
  /** The groups for which node:crypto is used here. */
  readonly native: readonly string[];
}

export function backEnd(): BackEnd {
  const inPackage = createRequire(import.meta.resolve('@gravy/protocol'));
  const native = Object.entries(GROUPS).filter(
    ([, member]) => nodeBackend[member] !== portableBackend[member],
  );
  return {
    chosen: basename(inPackage.resolve('#default-backend')),
    native: native.map(([group]) => group),
  };
}
