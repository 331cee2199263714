import { type ProvenLink, provenRequest } from './proven-request.js';

/** Hides the account from this page until the password is typed; the server sees to it. */
export async function lockPage(link: ProvenLink): Promise<void> {
  await provenRequest(link, '/session/lock', { method: 'POST' });
}

/** A launch code for one more window. */
export async function shareSession(link: ProvenLink): Promise<string> {
  const response = await provenRequest(link, '/session/share', { method: 'POST' });
  return ((await response.json()) as { code: string }).code;
}
