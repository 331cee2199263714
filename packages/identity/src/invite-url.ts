// Addresses in invites and address records: Spec 8.9.

const MAX_URL_CHARACTERS = 2048;
const PRINTABLE_ASCII = /^[!-~]+$/u;
const FORM = /^wss?:\/\/(?:\[[^\]]+\]|[^/?#@\\:[\]]+)(?::[0-9]{1,5})?(?:\/[^?#\\]*)?$/u;

/**
 * Whether it is `ws(s)://host[:port][/path]`: no user, query or fragment, and ASCII as URLs are made
 * of (RFC 3986), so that nothing in it can write on the reader's screen.
 */
export function isInviteUrl(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_URL_CHARACTERS) return false;
  return PRINTABLE_ASCII.test(value) && FORM.test(value) && URL.canParse(value);
}
