import type { Message } from '@gravy/messenger';
import { entryRows, type Look } from './entry-rows.js';
import { type Entry, entryAt, type Log, messageOf } from './log.js';

interface Kept {
  readonly previous: Entry | undefined;
  readonly isFirstNew: boolean;
  readonly isSelected: boolean;
  readonly isOpened: boolean;
  /** Where the log began when what this replies to was not in it: it may be by now. */
  readonly soughtFrom: number | undefined;
  readonly rows: readonly string[];
}

export interface Marks {
  readonly firstNew: string | undefined;
  readonly selected: number | undefined;
  /** The message of which all rows are shown. */
  readonly opened: string | undefined;
}

/** Rows of entries, laid out once for as long as nothing that they depend on changes. */
export class RowCache {
  readonly #look: Look;
  readonly #kept = new WeakMap<Entry, Kept>();
  #layouts = 0;

  constructor(look: Look) {
    this.#look = look;
  }

  /** How often an entry was laid out; for tests and measurements. */
  get layouts(): number {
    return this.#layouts;
  }

  rowsAt(log: Log, place: number, { firstNew, selected, opened }: Marks): readonly string[] {
    const entry = entryAt(log, place);
    if (entry === undefined) return [];
    const previous = entryAt(log, place - 1);
    const isFirstNew = entry.kind === 'message' && entry.message.id === firstNew;
    const isOpened = entry.kind === 'message' && entry.message.id === opened;
    const isSelected = place === selected;
    const kept = this.#kept.get(entry);
    if (
      kept !== undefined &&
      kept.previous === previous &&
      kept.isFirstNew === isFirstNew &&
      kept.isSelected === isSelected &&
      kept.isOpened === isOpened &&
      (kept.soughtFrom === undefined || kept.soughtFrom === log.first)
    ) {
      return kept.rows;
    }
    this.#layouts += 1;
    const repliedTo = repliedToBy(log, entry);
    const isSought = entry.kind === 'message' && entry.message.replyTo !== undefined;
    const soughtFrom = isSought && repliedTo === undefined ? log.first : undefined;
    const around = { previous, isFirstNew, isSelected, isOpened, repliedTo };
    const rows = entryRows(entry, around, this.#look);
    this.#kept.set(entry, { ...around, soughtFrom, rows });
    return rows;
  }
}

function repliedToBy(log: Log, entry: Entry): Message | undefined {
  const id = entry.kind === 'message' ? entry.message.replyTo : undefined;
  return id === undefined ? undefined : messageOf(log, id);
}
