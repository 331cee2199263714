import { hash } from '@stablelib/sha256';
import { base64 } from '@scure/base';
import { IdentityError } from './errors.js';
import { isIdText } from './id-text.js';
import { isAllowedCost, type ScryptCost } from './scrypt-options.js';

const FORMAT = 'gravy identity';
const VERSION = 1;

/** A locked identity, field by field. */
export interface KeyFile {
  /** `gravy1...`; bound to the ciphertext, and compared after unlocking. */
  readonly id: string;
  readonly cost: ScryptCost;
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
  /** The seed and a tag, 48 bytes. */
  readonly ciphertext: Uint8Array;
}

export const LENGTHS = { salt: 16, nonce: 12, ciphertext: 48 } as const;

/** Everything but the ciphertext, in one order: what the ciphertext is bound to. */
export function associatedData({ id, cost, salt, nonce }: Omit<KeyFile, 'ciphertext'>): Uint8Array {
  const fields = [FORMAT, VERSION, id, 'scrypt', cost.N, cost.r, cost.p];
  const bytes = [base64.encode(salt), 'chacha20-poly1305', base64.encode(nonce)];
  return new TextEncoder().encode(JSON.stringify([...fields, ...bytes]));
}

export function encodeKeyFile(file: KeyFile): string {
  const { N, r, p } = file.cost;
  const content = {
    format: FORMAT,
    version: VERSION,
    id: file.id,
    kdf: { name: 'scrypt', N, r, p, salt: base64.encode(file.salt) },
    cipher: { name: 'chacha20-poly1305', nonce: base64.encode(file.nonce) },
    ciphertext: base64.encode(file.ciphertext),
    checksum: checksum(file),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * Reads what `encodeKeyFile` wrote and nothing else. The checksum tells damage from a wrong password;
 * against a person with intent it does nothing, the ciphertext's tag does.
 * @throws IdentityError `identity_damaged`, `identity_too_new`
 */
export function decodeKeyFile(text: string): KeyFile {
  const content = parse(text);
  const top = fieldsOf(content);
  const version = top['version'];
  if (top['format'] === FORMAT && typeof version === 'number' && version > VERSION) {
    throw new IdentityError(
      'identity_too_new',
      'A newer version of Gravy wrote this key file. Update Gravy to open it.',
    );
  }
  const kdf = fieldsOf(top['kdf']);
  const file: KeyFile = {
    id: idOf(top['id']),
    cost: costOf(kdf),
    salt: bytesOf(kdf['salt'], LENGTHS.salt),
    nonce: bytesOf(fieldsOf(top['cipher'])['nonce'], LENGTHS.nonce),
    ciphertext: bytesOf(top['ciphertext'], LENGTHS.ciphertext),
  };
  // Whatever the file holds besides, or in another shape, is not what was written.
  const written: unknown = JSON.parse(encodeKeyFile(file));
  if (JSON.stringify(written) !== JSON.stringify(content)) throw damaged();
  return file;
}

function checksum(file: KeyFile): string {
  const bound = associatedData(file);
  return base64.encode(hash(Uint8Array.of(...bound, ...file.ciphertext)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(); // Without a cause: the parser's message quotes the text, which may be any file.
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw damaged();
  return value as Readonly<Record<string, unknown>>;
}

/** Shown before anybody knows whether it is true, and compared with the key when it is unlocked. */
function idOf(value: unknown): string {
  if (typeof value === 'string' && isIdText(value)) return value;
  throw damaged();
}

function costOf({ N, r, p }: Readonly<Record<string, unknown>>): ScryptCost {
  if (typeof N !== 'number' || typeof r !== 'number' || typeof p !== 'number') throw damaged();
  if (isAllowedCost({ N, r, p })) return { N, r, p };
  throw new IdentityError(
    'identity_damaged',
    'The key file asks for more work than any version of Gravy would. Put a backup in its place.',
  );
}

function bytesOf(value: unknown, length: number): Uint8Array {
  if (typeof value !== 'string') throw damaged();
  let bytes: Uint8Array;
  try {
    bytes = base64.decode(value);
  } catch {
    throw damaged();
  }
  if (bytes.length !== length) throw damaged();
  return bytes;
}

function damaged(): IdentityError {
  return new IdentityError(
    'identity_damaged',
    'The key file is damaged. It was left as it is; put a backup in its place.',
  );
}
