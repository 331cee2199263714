import type { Contact, GravyClient } from '@gravy/messenger';
import { describeError } from '../../../report-error.js';
import { escapeLine } from '../../../terminal/escape.js';
import { withInput } from '../composer/input-history.js';
import { EMPTY_WRITING, isText, textOf, type Writing, writingOf } from '../composer/writing.js';
import { Dialogue } from '../dialogue.js';
import { endOf, placeOf } from '../log/log.js';
import { LogWindow } from '../log/log-window.js';
import { AT_END, isAtStart, look, reveal, scroll, type Sight, type View } from '../log/viewport.js';
import { draftFor, keepDraft } from './drafts.js';
import { LiveSearch } from './live-search.js';
import { beginScreen, type Draft, type Panel, type ScreenState } from './screen-state.js';

/** Pieces of one paste follow each other faster, also on a busy machine. */
const PIECES_WITHIN_MS = 200;

export type PanelToOpen =
  | { readonly kind: 'help' }
  | { readonly kind: 'attach' }
  | { readonly kind: 'search'; readonly query: string }
  | Extract<Panel, { kind: 'verify' }>;

/** A conversation on the screen: what keys and commands do to it. What is drawn follows from its state. */
export class ConversationScreen {
  readonly dialogue: Dialogue;
  readonly window = new LogWindow();
  /** Columns of the field, for keys that move by row. */
  composerWidth = 1;
  readonly #client: GravyClient;
  readonly #changed: () => void;
  readonly #now: () => number;
  #pieceAt = Number.NEGATIVE_INFINITY;
  readonly #search: LiveSearch;
  #state: ScreenState;

  constructor(options: {
    client: GravyClient;
    contact: Contact;
    /** Called after each change of anything that is drawn. */
    changed: () => void;
    now: () => number;
  }) {
    const { client, contact, changed, now } = options;
    this.#client = client;
    this.#changed = changed;
    this.#now = now;
    this.dialogue = new Dialogue({ client, contact, changed, now });
    this.#state = beginScreen(draftFor(client, contact.id));
    this.#search = new LiveSearch(this);
  }

  get state(): ScreenState {
    return this.#state;
  }

  /** The contact's, escaped. */
  get name(): string {
    return escapeLine(this.dialogue.state.contact.name);
  }

  update(change: Partial<ScreenState>): void {
    this.#state = { ...this.#state, ...change };
    if (change.draft !== undefined) {
      keepDraft(this.#client, this.dialogue.state.contact.id, change.draft);
    }
    this.#changed();
  }

  updateDraft(change: Partial<Draft>): void {
    this.update({ draft: { ...this.#state.draft, ...change }, problem: undefined });
  }

  write(writing: Writing): void {
    this.updateDraft({ writing });
    this.update({ menuIndex: 0 });
    if (isText(writing)) this.dialogue.keyPressed();
  }

  /** Does what was asked for; an error stays on the screen until the next thing is asked for. */
  async attempt(deed: () => Promise<void> | void): Promise<void> {
    this.update({ problem: undefined });
    try {
      await deed();
    } catch (error) {
      this.update({ problem: describeError(error).message });
    }
  }

  /** A piece of a paste came that the terminal has not marked as one. */
  piecePasted(): void {
    this.#pieceAt = this.#now();
  }

  /** Whether what comes now is likely to be its next piece: nobody types that soon. */
  get isPasting(): boolean {
    return this.#now() - this.#pieceAt < PIECES_WITHIN_MS;
  }

  // The log.

  sight(): Sight {
    const { firstNew, log } = this.dialogue.state;
    const { selected, opened } = this.#state;
    return this.window.on(log, { firstNew, selected, opened });
  }

  view(): View {
    return look(this.sight(), this.#state.anchor);
  }

  scrollBy(rows: number): void {
    this.update({ anchor: scroll(this.sight(), this.#state.anchor, rows) });
    this.readOlderIfNear();
  }

  scrollToEnd(): void {
    this.update({ anchor: AT_END, selected: undefined });
  }

  scrollToStart(): void {
    const { first } = this.dialogue.state.log;
    this.update({ anchor: { kind: 'top', position: { place: first, row: 0 } } });
    this.readOlderIfNear();
  }

  select(place: number): void {
    this.update({ selected: place });
    this.update({ anchor: reveal(this.sight(), this.#state.anchor, place) });
    this.readOlderIfNear();
  }

  /** The next page is read before one arrives at the beginning of this one. */
  readOlderIfNear(): void {
    const sight = this.sight();
    const above = scroll(sight, this.#state.anchor, -sight.height);
    const { problem } = this.#state;
    if (!sight.log.more || problem !== undefined || !isAtStart(sight, look(sight, above))) return;
    this.dialogue.pages
      .readOlder()
      .catch((error: unknown) => this.update({ problem: describeError(error).message }));
  }

  /** To be called when a view was drawn: what was seen of the end counts as read. */
  seen(view: View): void {
    if (!view.isAtEnd || !this.dialogue.state.isLoaded) return;
    const seenTo = endOf(this.dialogue.state.log);
    if (seenTo !== this.#state.seenTo) this.#state = { ...this.#state, seenTo };
    this.dialogue.markRead();
  }

  async goTo(id: string): Promise<void> {
    if (!(await this.dialogue.pages.readBackTo(id))) {
      return this.update({ problem: 'This message is not in the conversation any more.' });
    }
    const place = placeOf(this.dialogue.state.log, id);
    if (place === undefined) return undefined;
    this.update({ panel: undefined, part: 'log' });
    return this.select(place);
  }

  // What is written.

  replyTo(id: string | undefined): void {
    this.updateDraft({ replyTo: id });
    this.update({ part: 'message', selected: undefined });
  }

  openPanel(panel: PanelToOpen): void {
    switch (panel.kind) {
      case 'help':
        return this.update({ panel: { kind: 'help', from: 0 } });
      case 'verify':
        return this.update({ panel });
      case 'attach':
        return this.update({ panel: { kind: 'attach', path: EMPTY_WRITING } });
      case 'search':
        this.update({
          panel: { kind: 'search', query: writingOf(panel.query), result: undefined, index: 0 },
        });
        return this.#search.refresh();
      default:
        return panel satisfies never;
    }
  }

  searchFor(query: Writing): void {
    const { panel } = this.#state;
    if (panel?.kind !== 'search') return;
    this.update({ panel: { ...panel, query, index: 0 } });
    this.#search.refresh();
  }

  /** The field is empty again, and what stood there can be recalled. */
  clear(): void {
    const { inputs, writing } = this.#state.draft;
    const text = textOf(writing);
    this.updateDraft({ writing: EMPTY_WRITING, inputs: withInput(inputs, text) });
  }
}
