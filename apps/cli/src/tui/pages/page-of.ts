import type { Page } from '../screen/page.js';
import type { State } from '../state/state.js';
import { connectPage } from './connect-page.js';
import { dashboardPage } from './dashboard-page.js';
import { filesPage } from './files-page.js';
import { overlayPage } from './overlay-page.js';
import { searchPage } from './search-page.js';
import { serverPage } from './server-page.js';
import { startPage } from './start-page.js';

/** The page that is shown; undefined while a conversation is. */
export function pageOf(state: State, nowMs = Date.now()): Page | undefined {
  const { overlay, stage } = state;
  if (overlay !== undefined) return overlayPage(state, overlay);
  if (stage.kind === 'start') return startPage(state, stage);
  switch (stage.section.kind) {
    case 'dashboard':
      return dashboardPage(state, stage, nowMs);
    case 'server':
      return serverPage(state, stage, nowMs);
    case 'connect':
      return connectPage(state, stage);
    case 'search':
      return searchPage(state, stage, nowMs);
    case 'files':
      return filesPage(state, stage);
    case 'conversation':
      return undefined;
    default:
      return stage.section satisfies never;
  }
}
