export { dial } from './dial.js';
export { giveBack, LARGE_MESSAGE_BYTES } from './large-bytes.js';
export { isPublicAddress } from './public-address.js';
export { listen } from './listen.js';
export type { Listener, ListenLimits } from './listen.js';
export type { AdmissionLevel, Connection, ServerConnection } from './connection.js';
export { TransportError } from './errors.js';
export type { TransportErrorCode } from './errors.js';
