import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../../shared/vectors/', import.meta.url);

/** Test vectors that lie beside the project. Undefined, and said aloud, where the folder is absent. */
export function readVectorFile(name: string): unknown {
  const url = new URL(name, FOLDER);
  if (!existsSync(url)) {
    process.stderr.write(`Skipped: there is no ${fileURLToPath(url)}\n`);
    return undefined;
  }
  return JSON.parse(readFileSync(url, 'utf8'));
}

export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
