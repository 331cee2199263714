// Spec 8.3 and 8.4: the bodies of the application messages that this version sends and understands.
import { type CborMap, decodeBody, encodeBody, MalformedBodyError } from './cbor.js';

const MESSAGE_ID_BYTES = 16;
export const MAX_TEXT_BYTES = 65_536;
export const MAX_ACK_IDS = 1_000;

export interface TextBody {
  readonly id: Uint8Array;
  /** Unix milliseconds on the writer's clock; a resend keeps it. */
  readonly at: number;
  readonly text: string;
  readonly replyTo?: Uint8Array | undefined;
}

export interface AckBody {
  readonly ids: readonly Uint8Array[];
  readonly state: 'delivered' | 'read';
}

export function encodeText(body: TextBody): Uint8Array {
  return encodeBody({ id: body.id, at: body.at, text: body.text, replyTo: body.replyTo });
}

/** @throws MalformedBodyError */
export function decodeText(bytes: Uint8Array): TextBody {
  const map = decodeBody(bytes);
  const text = map.get('text');
  if (typeof text !== 'string') throw new MalformedBodyError('TEXT without text');
  const textBytes = Buffer.byteLength(text);
  if (textBytes < 1 || textBytes > MAX_TEXT_BYTES) {
    throw new MalformedBodyError('TEXT of a size that is not allowed');
  }
  const at = map.get('at');
  if (typeof at !== 'number') throw new MalformedBodyError('TEXT without a time');
  const replyTo = map.get('replyTo');
  return {
    id: messageId(map.get('id')),
    at,
    text,
    ...(replyTo === undefined ? {} : { replyTo: messageId(replyTo) }),
  };
}

export function encodeAck(body: AckBody): Uint8Array {
  return encodeBody({ ids: body.ids, state: body.state });
}

/** @throws MalformedBodyError */
export function decodeAck(bytes: Uint8Array): AckBody {
  const map = decodeBody(bytes);
  const ids = map.get('ids');
  if (!Array.isArray(ids) || ids.length < 1 || ids.length > MAX_ACK_IDS) {
    throw new MalformedBodyError('ACK with a number of ids that is not allowed');
  }
  const state = map.get('state');
  if (state !== 'delivered' && state !== 'read') {
    throw new MalformedBodyError('ACK with an unknown state');
  }
  return { ids: ids.map(messageId), state };
}

function messageId(value: ReturnType<CborMap['get']>): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== MESSAGE_ID_BYTES) {
    throw new MalformedBodyError('an id that is not 16 bytes');
  }
  return value;
}
