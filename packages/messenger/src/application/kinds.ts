// Spec 8.2: the kinds of application messages that this version sends and understands.
export const KIND_TEXT = 32;
export const KIND_ACK = 33;
export const KIND_ADDRESS = 41;
export const KIND_TYPING = 128;
export const KIND_PROFILE = 129;
