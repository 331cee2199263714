// The bodies of REKEY1 and REKEY2: Spec 4.2.
// REKEY1 `epoch+1 u32 || pk[32] || ek[1184]`, REKEY2 `epoch+1 u32 || pk[32] || ct[1088]`
import { ENCAPSULATION_KEY_BYTES, KEM_CIPHERTEXT_BYTES, KEY_BYTES } from '../../backend/lengths.js';
import { concatBytes, viewOf } from '../../bytes.js';

const EPOCH_BYTES = 4;

/** What both bodies hold: `kemPart` is the encapsulation key of REKEY1 or the ciphertext of REKEY2. */
export interface RekeyBody {
  /** The epoch that the rekey leads to. */
  readonly epoch: number;
  readonly ephemeralKey: Uint8Array;
  readonly kemPart: Uint8Array;
}

const KEM_PART_BYTES = { rekey1: ENCAPSULATION_KEY_BYTES, rekey2: KEM_CIPHERTEXT_BYTES } as const;

export function encodeRekeyBody({ epoch, ephemeralKey, kemPart }: RekeyBody): Uint8Array {
  return concatBytes(epochBytes(epoch), ephemeralKey, kemPart);
}

/** Undefined if it has another length, or leads elsewhere than to `epoch`. The result views `body`. */
export function decodeRekeyBody(
  name: keyof typeof KEM_PART_BYTES,
  body: Uint8Array,
  epoch: number,
): RekeyBody | undefined {
  const kemStart = EPOCH_BYTES + KEY_BYTES;
  if (body.length !== kemStart + KEM_PART_BYTES[name] || viewOf(body).getUint32(0) !== epoch) {
    return undefined;
  }
  return {
    epoch,
    ephemeralKey: body.subarray(EPOCH_BYTES, kemStart),
    kemPart: body.subarray(kemStart),
  };
}

/** u32(epoch) */
export function epochBytes(epoch: number): Uint8Array {
  const bytes = new Uint8Array(EPOCH_BYTES);
  viewOf(bytes).setUint32(0, epoch);
  return bytes;
}
