// The numbers of Spec 1.1 and Spec 6 that this package keeps.

// Specified.

/** The largest message, and so the largest a peer can make us hold. */
export const MAX_MESSAGE_BYTES = 262_174;
/** From TCP accept to the whole request. */
export const REQUEST_TIMEOUT_MS = 5_000;
/** Connections that are not authenticated yet, in all and per address. */
export const MAX_UNAUTHENTICATED = 32;
export const MAX_UNAUTHENTICATED_PER_ADDRESS = 4;
/** Above this, `send` waits for the peer to take something. */
export const SEND_HIGH_WATER_BYTES = 524_288;
/** With nothing taken for this long the peer is dead. */
export const DRAIN_TIMEOUT_MS = 60_000;
/** How long a WebSocket close may wait for its answer before the connection is cut. */
export const CLOSE_TIMEOUT_MS = 2_000;

// Chosen.

/**
 * Of the places for unauthenticated connections, what those who have not sent their request may hold before
 * a newcomer displaces one of them rather than one who has.
 */
export const ARRIVALS_SHARE = 1 / 4;
/**
 * What a guest may send between upgrade and authentication: its two messages of the handshake (1,252 and 149
 * bytes), also in frames of one byte each, and some control frames.
 */
export const UNAUTHENTICATED_BYTES = 16_384;
/** Frames of one message: a whole one needs one, and those of the handshake fit even in frames of one byte. */
export const MAX_FRAGMENTS = 2_048;
/** Received messages that nobody has read yet: above this the socket is paused. */
export const RECEIVE_HIGH_WATER_BYTES = 1_048_576;
/** How long a client that was told "not found" may go on sending. */
export const LINGER_MS = 500;
/** For TCP, TLS and the upgrade together. */
export const DIAL_TIMEOUT_MS = 10_000;
