import { LatestLoad } from '../../../chat/latest-load.js';
import { textOf } from '../composer/writing.js';
import type { ConversationScreen } from './conversation-screen.js';

const MAX_RESULTS = 50;

/** Searches while one types: one search at a time, the next one for what stands there by then. */
export class LiveSearch {
  readonly #screen: ConversationScreen;
  readonly #load = new LatestLoad(() => this.#run());

  constructor(screen: ConversationScreen) {
    this.#screen = screen;
  }

  refresh(): void {
    void this.#screen.attempt(() => this.#load.refresh());
  }

  async #run(): Promise<void> {
    const screen = this.#screen;
    const { panel } = screen.state;
    if (panel?.kind !== 'search') return;
    const query = textOf(panel.query).trim();
    const result = query === '' ? undefined : await screen.dialogue.search(query, MAX_RESULTS);
    const now = screen.state.panel;
    if (now?.kind === 'search') screen.update({ panel: { ...now, result } });
  }
}
