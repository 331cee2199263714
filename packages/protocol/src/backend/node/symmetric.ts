// SHA-256, HMAC, HKDF and ChaCha20-Poly1305 of Spec 0.2 on node:crypto.
// Not every runtime has `hash`, and to import a missing name is an error before anything can be tried.
import * as nodeCrypto from 'node:crypto';
import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  type Decipheriv,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { wipe } from '../../bytes.js';
import { ProtocolError } from '../../errors.js';
import type { CryptoBackend } from '../crypto-backend.js';
import { AEAD_NONCE_BYTES, HKDF_MAX_BYTES, KEY_BYTES, TAG_BYTES } from '../lengths.js';
import { portableBackend } from '../portable.js';
import { requireBytes } from '../../require-bytes.js';

/** Below this many bytes stablelib's AEAD is faster than setting up an OpenSSL cipher. */
const NATIVE_AEAD_MIN_BYTES = 1024;

const ALGORITHM = 'chacha20-poly1305';

/** Node is given so much at once, as it puts what comes out into new memory each time, twice: so it stays in the processor's cache. */
const PIECE_BYTES = 32_768;

/** Many keys of a handshake are derived from a salt alone. Made when it is asked for: not every runtime has empty keys. */
let emptyKey: KeyObject | undefined;

function secretKeyOf(bytes: Uint8Array): KeyObject {
  if (bytes.length > 0) return createSecretKey(bytes);
  emptyKey ??= createSecretKey(bytes);
  return emptyKey;
}

function sha256InSteps(data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

/**
 * In one call and by way of a string, as an output of its own memory takes Node longer to make than the hash: 1 to 2 us instead
 * of 4 to 5. The hash stays in memory, as a string cannot be overwritten; none serves as a key.
 */
function sha256AtOnce(data: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.from(nodeCrypto.hash('sha256', data, 'binary'), 'binary'));
}

const sha256 = /* @__PURE__ */ canHashAtOnce() ? sha256AtOnce : sha256InSteps;

function canHashAtOnce(): boolean {
  const data = Uint8Array.of(1);
  try {
    return Buffer.from(sha256AtOnce(data)).equals(sha256InSteps(data));
  } catch {
    return false;
  }
}

// Node finds out slowly that bytes are no KeyObject: making one first halves the time of HMAC and HKDF.
export const nodeHashing: Pick<CryptoBackend, 'sha256' | 'hmacSha256' | 'hkdfSha256'> = {
  sha256,

  hmacSha256: (key, data) =>
    new Uint8Array(createHmac('sha256', createSecretKey(key)).update(data).digest()),

  hkdfSha256(salt, inputKey, info, length) {
    if (length > HKDF_MAX_BYTES) {
      throw new ProtocolError('misuse', `HKDF gives at most ${HKDF_MAX_BYTES} bytes.`);
    }
    return new Uint8Array(hkdfSync('sha256', secretKeyOf(inputKey), salt, info, length));
  },
};

/** The AEAD with OpenSSL from `minBytes` of plaintext on, and stablelib below. */
export function nodeAead(
  minBytes = NATIVE_AEAD_MIN_BYTES,
): Pick<CryptoBackend, 'aeadSeal' | 'aeadOpen'> {
  return {
    aeadSeal(
      key,
      nonce,
      associatedData,
      plaintext,
      room = new Uint8Array(plaintext.length + TAG_BYTES),
    ) {
      if (plaintext.length < minBytes) {
        return portableBackend.aeadSeal(key, nonce, associatedData, plaintext);
      }
      requireBytes('AEAD key', key, KEY_BYTES);
      requireBytes('AEAD nonce', nonce, AEAD_NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, createSecretKey(key), nonce, {
        authTagLength: TAG_BYTES,
      });
      cipher.setAAD(associatedData, { plaintextLength: plaintext.length });
      updateInto(cipher, plaintext, room);
      cipher.final();
      room.set(cipher.getAuthTag(), plaintext.length);
      return room;
    },

    aeadOpen(key, nonce, associatedData, sealed) {
      if (sealed.length < minBytes + TAG_BYTES) {
        return portableBackend.aeadOpen(key, nonce, associatedData, sealed);
      }
      requireBytes('AEAD key', key, KEY_BYTES);
      requireBytes('AEAD nonce', nonce, AEAD_NONCE_BYTES);
      const length = sealed.length - TAG_BYTES;
      const decipher = createDecipheriv(ALGORITHM, createSecretKey(key), nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData, { plaintextLength: length });
      decipher.setAuthTag(sealed.subarray(length));
      const plaintext = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
      updateInto(decipher, sealed.subarray(0, length), plaintext);
      try {
        decipher.final();
      } catch {
        wipe(plaintext);
        return undefined;
      }
      return plaintext;
    },
  };
}

/** The output of OpenSSL for all of `input`, without its tag. */
function updateInto(cipher: Cipheriv | Decipheriv, input: Uint8Array, output: Uint8Array): void {
  for (let start = 0; start < input.length; start += PIECE_BYTES) {
    const piece = cipher.update(input.subarray(start, start + PIECE_BYTES));
    output.set(piece, start);
    wipe(piece); // it may be plaintext that turns out not to be authentic
    // V8 would collect it, but marks the whole heap after every few megabytes of such.
    if (piece.length === PIECE_BYTES && piece.length === piece.buffer.byteLength) {
      piece.buffer.transfer(0);
    }
  }
}
