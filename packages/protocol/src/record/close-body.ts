// The body of CLOSE: Spec 5.2. `code u16 || recv_count u64`
import { readUint64, viewOf, writeUint64 } from '../bytes.js';
import { closeCodeOf, type CloseCode } from './close-code.js';

const BODY_BYTES = 10;
const COUNT_OFFSET = 2;

export interface CloseBody {
  readonly code: CloseCode;
  /** All records, of every kind, that the sender of this CLOSE has accepted. */
  readonly receivedCount: number;
}

export function encodeCloseBody({ code, receivedCount }: CloseBody): Uint8Array {
  const body = new Uint8Array(BODY_BYTES);
  const view = viewOf(body);
  view.setUint16(0, code);
  writeUint64(view, COUNT_OFFSET, receivedCount);
  return body;
}

/** Undefined if it has another length. Unknown codes become normal. */
export function decodeCloseBody(body: Uint8Array): CloseBody | undefined {
  if (body.length !== BODY_BYTES) return undefined;
  const view = viewOf(body);
  return {
    code: closeCodeOf(view.getUint16(0)),
    receivedCount: readUint64(view, COUNT_OFFSET),
  };
}
