// Spec 8.2: the kinds of application messages that this version sends and understands.
export const KIND_TEXT = 32;
export const KIND_ACK = 33;
export const KIND_FILE_OFFER = 34;
export const KIND_FILE_ACCEPT = 35;
export const KIND_FILE_CHUNK = 36;
export const KIND_FILE_CREDIT = 37;
export const KIND_FILE_END = 38;
export const KIND_FILE_DONE = 39;
export const KIND_FILE_CANCEL = 40;
export const KIND_ADDRESS = 41;
export const KIND_TYPING = 128;
export const KIND_PROFILE = 129;
