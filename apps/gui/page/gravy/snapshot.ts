import type {
  AccountInfo,
  Contact,
  GravyEvent,
  InviteInfo,
  RequestInfo,
  ResultOf,
  SessionInfo,
  Settings,
} from '@gravy/messenger';

type HostStatus = ResultOf<'host.status'>;
type HostNews = Extract<GravyEvent, { method: 'host.changed' }>['params'];

/** Which account the page shows, if any. */
type AccountState =
  /** Not asked yet, or asked again. */
  | { readonly kind: 'unknown' }
  /** None is open, or this page is locked: these are there to log in to. */
  | { readonly kind: 'closed'; readonly accounts: readonly AccountInfo[] }
  | { readonly kind: 'open'; readonly info: AccountInfo };

/** What is known of a contact that one is not connected with, although one means to be. */
export type Attempt =
  | { readonly kind: 'retrying'; readonly at: number; readonly reason: string | undefined }
  | { readonly kind: 'gave up'; readonly reason: string };

/** Gravy as the page knows it. Replaced whole with every change. */
export interface Snapshot {
  readonly account: AccountState;
  readonly contacts: readonly Contact[];
  readonly sessions: readonly SessionInfo[];
  readonly host: HostStatus;
  /** What was last said of hosting: how far a tunnel is, or why it is not. */
  readonly hostNews: HostNews | undefined;
  readonly invites: readonly InviteInfo[];
  readonly requests: readonly RequestInfo[];
  readonly settings: Settings;
  readonly attempts: ReadonlyMap<string, Attempt>;
  /** Until when each of these contacts counts as writing. */
  readonly typing: ReadonlyMap<string, number>;
  /** By contact: the line to send by another way, since this host has moved. */
  readonly stranded: ReadonlyMap<string, string>;
}

export const EMPTY_SNAPSHOT: Snapshot = {
  account: { kind: 'unknown' },
  contacts: [],
  sessions: [],
  host: { running: false, sessions: 0 },
  hostNews: undefined,
  invites: [],
  requests: [],
  settings: {
    readReceipts: false,
    typing: false,
    reconnect: true,
    profileName: '',
    theme: 'system',
    autoAccept: {},
  },
  attempts: new Map(),
  typing: new Map(),
  stranded: new Map(),
};
