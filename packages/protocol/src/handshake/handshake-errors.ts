import { ProtocolError, type ProtocolErrorCode } from '../errors.js';

/** Without a stack, which takes longer to record than a message to refuse, and strangers may send thousands of first ones. */
function refusal(code: ProtocolErrorCode, message: string): ProtocolError {
  const { stackTraceLimit }: { stackTraceLimit?: number } = Error;
  // Not by assignment: where built-ins are frozen, that throws.
  Reflect.set(Error, 'stackTraceLimit', 0);
  const error = new ProtocolError(code, message);
  Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  return error;
}

/** A message of another length, type, version or suite: Spec 2.1. */
export function malformedMessage(): ProtocolError {
  return refusal('malformed_message', 'This is no handshake message of version 1.');
}

/** mac1 is not made with our id: Spec 2.2. */
export function notAddressedToUs(): ProtocolError {
  return refusal('not_addressed_to_us', 'The message is for another id.');
}

/** One error for every cryptographic failure. */
export function notAuthentic(cause?: unknown): ProtocolError {
  return new ProtocolError(
    'peer_not_authentic',
    'The far end is not the expected peer (or the invite was used or has expired). Compare ids.',
    { cause },
  );
}
