const LAUNCH = '#launch=';
const SECRETS_KEY = 'gravy-page';

/** What this tab was given when it was let in (src/server/page-sessions.ts). */
export interface PageSecrets {
  readonly token: string;
  readonly serverKey: string;
}

/** What came of swapping a launch code for a token. */
export type Launch = 'opened' | 'unknown' | 'locked' | 'unreachable';

/** The launch code in the address, which it is taken out of at once: it must not be seen, or kept. */
export function takeLaunchCode(): string | undefined {
  const { hash, pathname } = location;
  if (!hash.startsWith(LAUNCH)) return undefined;
  history.replaceState(history.state, '', pathname);
  return hash.slice(LAUNCH.length);
}

/** Whether a text is a link that opens the page of this machine, here or on another port. */
export function isLaunchLink(text: string): boolean {
  return /^http:\/\/127\.0\.0\.1:\d{1,5}\/#launch=[\w-]+$/u.test(text);
}

export async function redeemLaunchCode(code: string): Promise<Launch> {
  const body = JSON.stringify({ code });
  const response = await fetch('/session/open', { method: 'POST', body }).catch(() => undefined);
  if (response === undefined) return 'unreachable';
  if (!response.ok) return response.status === 429 ? 'locked' : 'unknown';
  // For this tab alone, and gone with it; reloading the page must not need another code.
  sessionStorage.setItem(SECRETS_KEY, await response.text());
  return 'opened';
}

export function pageSecrets(): PageSecrets | undefined {
  const stored = sessionStorage.getItem(SECRETS_KEY);
  return stored === null ? undefined : (JSON.parse(stored) as PageSecrets);
}

export function forgetSecrets(): void {
  sessionStorage.removeItem(SECRETS_KEY);
}
