import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryStore, openHistory } from '@gravy/history';

const KEY = new Uint8Array(32).fill(0x33);

/** A real store in a folder of its own, and the end of both. */
export class FreshStore {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gravy-core-'));
  readonly store: HistoryStore = openHistory({ path: join(this.#folder, 'history.db'), key: KEY });

  end(): void {
    this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
