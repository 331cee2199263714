export { openHistory } from './open-history.js';
export type { HistoryStore } from './open-history.js';
export { HistoryError } from './errors.js';
export type { HistoryErrorCode } from './errors.js';
export { acquireLock } from './lock.js';
export type { Lock } from './lock.js';
export type { ContactTable, ListedContact, StoredContact } from './contact-table.js';
export type { MessageKey, MessageTable } from './message-table.js';
export type { Direction, MessageState, NewMessage, StoredMessage } from './message-row.js';
