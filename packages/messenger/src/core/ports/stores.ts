import type {
  ContactStore,
  InviteStore,
  MessageStore,
  RequestStore,
  SearchStore,
  SettingStore,
} from './store.js';
import type { TransferStore } from './transfer-store.js';

/** All that an account keeps. */
export interface Stores {
  readonly contacts: ContactStore;
  readonly messages: MessageStore;
  readonly transfers: TransferStore;
  readonly search: SearchStore;
  readonly invites: InviteStore;
  readonly requests: RequestStore;
  readonly settings: SettingStore;
}
