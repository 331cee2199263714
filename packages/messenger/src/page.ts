export { InvalidCallError } from './api/client.js';
export type { GravyClient } from './api/client.js';
export { MessengerError } from './errors.js';
export { createSocketClient } from './rpc/socket-client.js';
export type { SocketClient } from './rpc/socket-client.js';
