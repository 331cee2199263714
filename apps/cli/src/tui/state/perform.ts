import type { Action } from './action.js';
import { performConnect } from './actions/connect-actions.js';
import { performOnContact } from './actions/contact-actions.js';
import { performOnFile } from './actions/file-actions.js';
import { performSearch } from './actions/search-actions.js';
import { performOnServer } from './actions/server-actions.js';
import { performShow } from './actions/show-actions.js';
import { performStart } from './actions/start-actions.js';
import type { State } from './state.js';
import type { Step } from './step.js';

/** Does what a control is for. */
export function perform(state: State, action: Action): Step {
  switch (action.kind) {
    case 'show-create':
    case 'show-log-in':
    case 'create-account':
    case 'log-in':
    case 'log-out':
    case 'choose-account':
    case 'join':
      return performStart(state, action);
    case 'copy':
    case 'show-qr':
    case 'show-text':
    case 'show':
    case 'choose':
    case 'toggle':
    case 'close':
    case 'dismiss-advice':
      return performShow(state, action);
    case 'unfold':
    case 'show-add-contact':
    case 'add-contact':
    case 'verify':
    case 'set-verified':
    case 'ask-delete-history':
    case 'ask-remove-contact':
    case 'delete-history':
    case 'remove-contact':
    case 'accept-request':
    case 'decline-request':
    case 'block-request':
      return performOnContact(state, action);
    case 'start-server':
    case 'stop-server':
    case 'create-invite':
    case 'install-cloudflared':
    case 'kick':
      return performOnServer(state, action);
    case 'fill-contact':
    case 'connect':
      return performConnect(state, action);
    case 'search':
    case 'search-more':
      return performSearch(state, action);
    case 'accept-file':
    case 'decline-file':
    case 'cancel-file':
      return performOnFile(state, action);
    default:
      return action satisfies never;
  }
}
