import type { HistoryStore } from '../open-history.js';

/** What can be seen of a class from outside. */
type Outside<T> = Pick<T, keyof T>;

/** What an implementation of the store has to be, on whatever medium. */
export interface ConformingHistory {
  readonly contacts: Outside<HistoryStore['contacts']>;
  readonly messages: Outside<HistoryStore['messages']>;
  readonly search: Outside<HistoryStore['search']>;
  readonly transfers: Outside<HistoryStore['transfers']>;
  readonly invites: Outside<HistoryStore['invites']>;
  readonly requests: Outside<HistoryStore['requests']>;
  readonly settings: Outside<HistoryStore['settings']>;
  close(): void;
}

/** One thing that every implementation does. */
export interface ConformanceCase {
  readonly name: string;
  /** Rejects with an AssertionError if the store, which is new and empty, does something else. */
  run(store: ConformingHistory): Promise<void>;
}
