import { connect } from './words/connect.js';
import { conversation } from './words/conversation.js';
import { dashboard } from './words/dashboard.js';
import { file } from './words/file.js';
import { invites } from './words/invites.js';
import { line } from './words/line.js';
import { link } from './words/link.js';
import { requests } from './words/requests.js';
import { server } from './words/server.js';
import { settings } from './words/settings.js';
import { sidebar } from './words/sidebar.js';
import { start } from './words/start.js';
import { trust } from './words/trust.js';

/** Every word on the page, by where it stands. Functions take what stands within a sentence. */
export const WORDS = {
  product: 'Gravy',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  copied: 'Copied',
  copyFailed: 'Copying is not allowed here. Select the text and copy it yourself.',
  unforeseen: 'Something unforeseen happened. Reload the page, and try again.',
  more: 'More',
  link,
  start,
  sidebar,
  dashboard,
  trust,
  server,
  invites,
  requests,
  connect,
  conversation,
  file,
  line,
  settings,
} as const;
