import { EMPTY_WRITING, type Writing } from '../composer/writing.js';
import { type InputHistory, NO_INPUTS } from '../composer/input-history.js';
import type { SearchResult } from '../dialogue.js';
import { type Anchor, AT_END } from '../log/viewport.js';

/** What the keys go to. */
type Part = 'message' | 'actions' | 'log';

/** What lies over the log for a while. */
export type Panel =
  | { readonly kind: 'help'; readonly from: number }
  | { readonly kind: 'verify'; readonly number: string; readonly verified: boolean }
  | { readonly kind: 'attach'; readonly path: Writing }
  | {
      readonly kind: 'search';
      readonly query: Writing;
      readonly result: SearchResult | undefined;
      readonly index: number;
    };

/** What is being written to a contact; kept while the program runs, also while one is elsewhere. */
export interface Draft {
  readonly writing: Writing;
  readonly inputs: InputHistory;
  /** The message that is replied to. */
  readonly replyTo: string | undefined;
}

export const NO_DRAFT: Draft = { writing: EMPTY_WRITING, inputs: NO_INPUTS, replyTo: undefined };

/** Where one is in a conversation and what one does there. */
export interface ScreenState {
  readonly part: Part;
  readonly draft: Draft;
  readonly anchor: Anchor;
  /** The place of the entry that keys of the log act on. */
  readonly selected: number | undefined;
  /** The message of which all rows are shown, however many. */
  readonly opened: string | undefined;
  /** The place after the last entry that was seen. */
  readonly seenTo: number;
  readonly menuIndex: number;
  readonly actionIndex: number;
  readonly panel: Panel | undefined;
  /** Why the last thing that was asked for was not done. Stays until another is asked for. */
  readonly problem: string | undefined;
}

export function beginScreen(draft: Draft): ScreenState {
  return {
    part: 'message',
    draft,
    anchor: AT_END,
    selected: undefined,
    opened: undefined,
    seenTo: 0,
    menuIndex: 0,
    actionIndex: 0,
    panel: undefined,
    problem: undefined,
  };
}
