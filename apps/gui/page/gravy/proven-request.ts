import { MessengerError } from '@gravy/messenger/page';
import { WORDS } from '../words.js';
import { pageSecrets } from './launch.js';

/** Knows whether the process that let this page in is there, and has proved that it is. */
export interface ProvenLink {
  readonly isOpen: boolean;
}

/**
 * A request over HTTP, with the page's token. It goes to whoever listens on the port, which is another
 * program perhaps once Gravy has ended; so none is made unless the link is open.
 * @throws MessengerError `connection_closed` while it is not
 */
export async function provenRequest(
  link: ProvenLink,
  path: string,
  options: RequestInit = {},
): Promise<Response> {
  if (!link.isOpen) throw new MessengerError('connection_closed', WORDS.link.notNow);
  const response = await fetch(path, {
    ...options,
    headers: { Authorization: `Bearer ${pageSecrets()?.token ?? ''}` },
  });
  if (!response.ok) throw new Error('The program on this machine refused.');
  return response;
}
