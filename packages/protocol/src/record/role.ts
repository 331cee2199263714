/** Which side of the handshake an end was: `client` dialled, `server` was dialled. */
export type Role = 'client' | 'server';
