// Spec 8.3 and 8.4: the bodies of the application messages that this version sends and understands.
import { messageIdField, textField, uintField } from './body-fields.js';
import { decodeBody, encodeBody, MalformedBodyError } from './cbor.js';

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
  const replyTo = map.get('replyTo');
  return {
    id: messageIdField(map.get('id')),
    at: uintField(map.get('at'), 'a time'),
    text: textField(map.get('text'), { minBytes: 1, maxBytes: MAX_TEXT_BYTES }, 'a TEXT'),
    ...(replyTo === undefined ? {} : { replyTo: messageIdField(replyTo) }),
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
  return { ids: ids.map(messageIdField), state };
}
