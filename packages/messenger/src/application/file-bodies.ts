// Spec 8.5: the records of a file that are CBOR.
import { messageIdField, sha256Field, textField, uintField } from './body-fields.js';
import { decodeBody, encodeBody } from './cbor.js';

const MAX_NAME_BYTES = 1_024;
const MAX_TYPE_BYTES = 256;
const MAX_REASON_BYTES = 1_024;

export interface FileOfferBody {
  readonly id: Uint8Array;
  /** Unix milliseconds on the sender's clock; a repeated offer keeps it. */
  readonly at: number;
  /** As the sender calls it: never used as a path. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly type?: string | undefined;
}

export interface FileAcceptBody {
  readonly id: Uint8Array;
  /** Send from here. */
  readonly offset: number;
  /** SHA-256 of what is before. */
  readonly prefix: Uint8Array;
}

export interface FileCreditBody {
  readonly id: Uint8Array;
  /** Everything below is on the receiver's disk. */
  readonly offset: number;
}

export interface FileEndBody {
  readonly id: Uint8Array;
  readonly sha256: Uint8Array;
}

export interface FileCancelBody {
  readonly id: Uint8Array;
  readonly reason: string;
}

export function encodeFileOffer({ id, at, name, size, type }: FileOfferBody): Uint8Array {
  return encodeBody({ id, at, name, size, type });
}

/** @throws MalformedBodyError */
export function decodeFileOffer(bytes: Uint8Array): FileOfferBody {
  const map = decodeBody(bytes);
  const type = map.get('type');
  const typeLimits = { minBytes: 0, maxBytes: MAX_TYPE_BYTES };
  return {
    id: messageIdField(map.get('id')),
    at: uintField(map.get('at'), 'a time'),
    name: textField(map.get('name'), { minBytes: 0, maxBytes: MAX_NAME_BYTES }, 'a file name'),
    size: uintField(map.get('size'), 'a size'),
    ...(type === undefined ? {} : { type: textField(type, typeLimits, 'a file type') }),
  };
}

export function encodeFileAccept({ id, offset, prefix }: FileAcceptBody): Uint8Array {
  return encodeBody({ id, offset, prefix });
}

/** @throws MalformedBodyError */
export function decodeFileAccept(bytes: Uint8Array): FileAcceptBody {
  const map = decodeBody(bytes);
  return {
    id: messageIdField(map.get('id')),
    offset: uintField(map.get('offset'), 'an offset'),
    prefix: sha256Field(map.get('prefix')),
  };
}

export function encodeFileCredit({ id, offset }: FileCreditBody): Uint8Array {
  return encodeBody({ id, offset });
}

/** @throws MalformedBodyError */
export function decodeFileCredit(bytes: Uint8Array): FileCreditBody {
  const map = decodeBody(bytes);
  return {
    id: messageIdField(map.get('id')),
    offset: uintField(map.get('offset'), 'an offset'),
  };
}

export function encodeFileEnd({ id, sha256 }: FileEndBody): Uint8Array {
  return encodeBody({ id, sha256 });
}

/** @throws MalformedBodyError */
export function decodeFileEnd(bytes: Uint8Array): FileEndBody {
  const map = decodeBody(bytes);
  return { id: messageIdField(map.get('id')), sha256: sha256Field(map.get('sha256')) };
}

export function encodeFileDone(id: Uint8Array): Uint8Array {
  return encodeBody({ id });
}

/** @throws MalformedBodyError */
export function decodeFileDone(bytes: Uint8Array): Uint8Array {
  return messageIdField(decodeBody(bytes).get('id'));
}

export function encodeFileCancel({ id, reason }: FileCancelBody): Uint8Array {
  return encodeBody({ id, reason });
}

/** The reason is a peer's words. @throws MalformedBodyError */
export function decodeFileCancel(bytes: Uint8Array): FileCancelBody {
  const map = decodeBody(bytes);
  const limits = { minBytes: 0, maxBytes: MAX_REASON_BYTES };
  return {
    id: messageIdField(map.get('id')),
    reason: textField(map.get('reason'), limits, 'a reason'),
  };
}
