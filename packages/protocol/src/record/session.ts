import type { ClientSession } from './client-session.js';
import type { ServerSession } from './server-session.js';

/** Seals and opens the records of one connection, in order. Only a finished handshake makes one; `role` tells which. */
export type Session = ClientSession | ServerSession;
