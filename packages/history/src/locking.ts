// The lock alone, for programs that look whether a store is open without opening one.
export { acquireLock, readLockOwner } from './lock.js';
export type { Lock } from './lock.js';
export { HistoryError } from './errors.js';
export type { HistoryErrorCode } from './errors.js';
