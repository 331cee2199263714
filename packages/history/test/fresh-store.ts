import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryStore, openHistory } from '../src/index.js';

export const key = new Uint8Array(32).fill(0x5a);

/** 32 bytes for a contact, 16 for a message, told apart by a number. */
export const idOf = (length: number, number: number): Uint8Array => {
  const id = new Uint8Array(length);
  new DataView(id.buffer).setUint32(0, number);
  return id;
};

/** A store in a folder of its own, and the end of both. */
export class FreshStore {
  readonly folder = mkdtempSync(join(tmpdir(), 'gravy-history-'));
  readonly path = join(this.folder, 'history.db');
  store: HistoryStore = openHistory({ path: this.path, key });

  reopen(): void {
    this.store.close();
    this.store = openHistory({ path: this.path, key });
  }

  end(): void {
    this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
