import type { GravyClient } from '@gravy/messenger';
import type { Snapshot } from './snapshot.js';

/** What is read again as a whole when an event says that some of it has changed. */
export const PARTS = {
  contacts: (client: GravyClient) => client.call('contact.list', {}),
  sessions: (client: GravyClient) => client.call('session.list', {}),
  host: (client: GravyClient) => client.call('host.status', {}),
  invites: (client: GravyClient) => client.call('invite.list', {}),
  requests: (client: GravyClient) => client.call('request.list', {}),
  settings: (client: GravyClient) => client.call('settings.get', {}),
} as const satisfies {
  [P in keyof Snapshot]?: (client: GravyClient) => Promise<Snapshot[P]>;
};

export type Part = keyof typeof PARTS;

export const ALL_PARTS = Object.keys(PARTS) as readonly Part[];
