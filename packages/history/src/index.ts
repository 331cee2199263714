export { openHistory } from './open-history.js';
export type { HistoryStore } from './open-history.js';
export { HistoryError } from './errors.js';
export type { HistoryErrorCode } from './errors.js';
export { acquireLock, readLockOwner } from './lock.js';
export type { Lock } from './lock.js';
export type { ContactTable } from './contact-table.js';
export type { ContactAddress } from './contact-address.js';
export type { ListedContact, NewContact, StoredContact } from './contact-row.js';
export type { MessageTable } from './message-table.js';
export type {
  Direction,
  MessageKey,
  MessageState,
  NewMessage,
  StoredMessage,
} from './message-row.js';
export type { InviteTable } from './invite-table.js';
export type { InviteClaim, NewInvite, StoredInvite } from './invite-row.js';
export type { BlockedStranger, RequestTable, StoredRequest } from './request-table.js';
export type { SettingTable } from './setting-table.js';
export type { StoredFile, FileState } from './file-row.js';
export type {
  NewTransfer,
  StoredTransfer,
  TransferChange,
  TransferProgress,
  TransferTable,
} from './transfer-table.js';
export type {
  MessageSearch,
  SearchMatch,
  SearchOptions,
  SearchResult,
} from './search/message-search.js';
export type { Snippet } from './search/snippet.js';
export { restoreHistory } from './restore-history.js';
export { examineHistory, salvageHistory } from './salvage-history.js';
export type { HistoryReport } from './salvage-history.js';
export type { ReadableTable } from './damaged-rows.js';
export { exportConversation } from './export/export-conversation.js';
export type { ExportOptions } from './export/export-conversation.js';
