// Writes ../vectors.json. The same inputs give the same file; a test compares. Build the package first.
import { writeFileSync } from 'node:fs';
import { formFaults, helloFaults, replyFaults } from './faulty-keys.ts';
import { acceptanceFaults, proofFaults } from './faulty-proofs.ts';
import { recordVectors } from './record-vectors.ts';
import { rekeyVectors } from './rekey-vectors.ts';
import { validHandshakes } from './valid-handshakes.ts';

/** The whole file. */
export function vectorsText(): string {
  const vectors = {
    protocol: 'gravy/1',
    about: 'See vectors/README.md. All bytes are hexadecimal digits.',
    handshake: [
      ...validHandshakes(),
      ...formFaults(),
      ...helloFaults(),
      ...replyFaults(),
      ...proofFaults(),
      ...acceptanceFaults(),
    ],
    record: recordVectors(),
    rekey: rekeyVectors(),
  };
  return `${JSON.stringify(vectors, undefined, 1)}\n`;
}

if (import.meta.main) writeFileSync(new URL('../vectors.json', import.meta.url), vectorsText());
