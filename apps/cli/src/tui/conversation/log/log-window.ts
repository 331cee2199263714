import type { Look } from './entry-rows.js';
import type { Log } from './log.js';
import { type Marks, RowCache } from './row-cache.js';
import { dayOf } from './days.js';
import type { Sight } from './viewport.js';

/** The window through which a log is seen: its size and look, and the rows laid out for them. */
export class LogWindow {
  #look: Look | undefined;
  #cache: RowCache | undefined;
  #height = 0;
  #layouts = 0;

  /** Rows stay as they are until anything of the look changes, a new day included. */
  resize(look: Look, height: number): void {
    this.#height = height;
    const old = this.#look;
    const isSame =
      old !== undefined &&
      old.width === look.width &&
      old.name === look.name &&
      old.style === look.style &&
      dayOf(old.nowMs) === dayOf(look.nowMs);
    if (isSame) return;
    this.#layouts += this.#cache?.layouts ?? 0;
    this.#look = look;
    this.#cache = new RowCache(look);
  }

  get height(): number {
    return this.#height;
  }

  /** How often an entry was laid out so far; for tests and measurements. */
  get layouts(): number {
    return this.#layouts + (this.#cache?.layouts ?? 0);
  }

  on(log: Log, marks: Marks): Sight {
    const cache = this.#cache;
    const rowsAt = (place: number): readonly string[] => cache?.rowsAt(log, place, marks) ?? [];
    return { log, rowsAt, height: this.#height };
  }
}
