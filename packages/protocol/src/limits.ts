// The numbers of Spec 6, Spec 2.7 and Spec 3.3 that this package keeps.

/** Sizes of the four handshake messages in bytes: nothing else is accepted before authentication. */
export const HELLO_BYTES = 1252;
export const REPLY_BYTES = 1137;
export const PROOF_BYTES = 149;
export const ACCEPTANCE_BYTES = 117;

// Specified: both ends rely on these.

/** Server: from the upgrade to msg1; from msg2 to msg3; the whole handshake without the time a peer is held. */
export const SERVER_HELLO_TIMEOUT_MS = 5_000;
export const SERVER_PROOF_TIMEOUT_MS = 10_000;
export const SERVER_HANDSHAKE_TIMEOUT_MS = 15_000;
/** Server: how long a peer may be held while it is decided whether it is welcome. */
export const AUTHORIZE_TIMEOUT_MS = 60_000;
/** Client: for msg2, and for msg4, which may wait for a person. */
export const CLIENT_REPLY_TIMEOUT_MS = 10_000;
export const CLIENT_ACCEPTANCE_TIMEOUT_MS = 65_000;

/** Open invites a server compares a hint with. */
export const MAX_OPEN_INVITES = 32;

/** Records per direction under the keys of one epoch. */
export const MAX_RECORDS_PER_EPOCH = 2 ** 20;
/** `seq` and `epoch` stay below these. */
export const MAX_SEQUENCE = 2 ** 48;
export const MAX_EPOCH = 2 ** 31;

/** A session that has not been replaced is closed at this age. */
export const SESSION_MAX_AGE_MS = 7 * 24 * 3_600_000;

/** When the client starts a rekey: the age of an epoch with an application record, its records, its frame bytes. */
export const REKEY_AFTER_MS = 120_000;
export const REKEY_AFTER_RECORDS = 2 ** 16;
export const REKEY_AFTER_BYTES = 2 ** 30;
/** When the server asks for one. */
export const REKEY_REQUEST_AFTER_MS = 150_000;
export const REKEY_REQUEST_AFTER_RECORDS = 2 ** 17;
export const REKEY_REQUEST_AFTER_BYTES = 2 ** 31;
/** Client: from REKEY1 to REKEY2. */
export const REKEY_TIMEOUT_MS = 60_000;

/** Padded sizes of a record's inside; the largest body leaves room for kind, time and length. */
export const MIN_BUCKET_BYTES = 256;
export const MAX_BUCKET_BYTES = 262_144;
/** The largest body of a record. */
export const MAX_BODY_BYTES = MAX_BUCKET_BYTES - 13;
/** The largest message on the wire; the transport's `maxPayload`. */
export const MAX_MESSAGE_BYTES = MAX_BUCKET_BYTES + 14 + 16;

/** The client sends PING this long after its last record, at random between the two. */
export const PING_AFTER_MIN_MS = 20_000;
export const PING_AFTER_MAX_MS = 25_000;
/** Without a record for this long the peer is dead. */
export const SILENCE_TIMEOUT_MS = 75_000;
/** Above this many bytes that wait in the connection, `send` waits. */
export const SEND_HIGH_WATER_BYTES = 524_288;
/** With nothing drained for this long the peer is dead. */
export const DRAIN_TIMEOUT_MS = 60_000;
/** How long one CLOSE waits for the other. */
export const CLOSE_TIMEOUT_MS = 2_000;

// Chosen: only this end can tell.

/**
 * A session is closed (session age) this many records before the limit of its epoch, so that what is on its way when the
 * limit nears still fits.
 */
export const EPOCH_RESERVE_RECORDS = 2 ** 10;
/** What is received and waits to be read before the sender is held back: by count, and by bytes. */
export const RECEIVE_QUEUE_MAX_ITEMS = 256;
export const RECEIVE_QUEUE_MAX_BYTES = 1_048_576;
/** Unread bytes at which a connection that cannot be paused, as a browser's WebSocket or a MessagePort, is cut. */
export const UNREAD_MAX_BYTES = 16_777_216;
/** How often a WebSocket that does not tell when it drains is asked. */
export const DRAIN_POLL_MS = 5;
/** How long the connection may take to end in order before it is cut. */
export const DISCONNECT_TIMEOUT_MS = 2_000;
