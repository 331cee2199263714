// Addresses in invites and address records: Spec 8.

const MAX_URL_CHARACTERS = 2048;

/** Whether it is `ws(s)://host[:port][/path]`: no user, query or fragment, nothing that a parser would mend. */
export function isInviteUrl(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_URL_CHARACTERS) return false;
  if (!/^wss?:\/\/[^/?#@\s\\]+(\/[^?#\s\\]*)?$/u.test(value)) return false;
  return URL.canParse(value);
}
