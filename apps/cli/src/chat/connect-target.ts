import { CliError } from '../cli-error.js';
import { parseWordAndName, unquote } from './slash-line.js';

/** Where a chat goes to. */
export type ConnectTarget =
  | { readonly kind: 'url'; readonly url: string; readonly contact: string }
  | { readonly kind: 'invite'; readonly invite: string; readonly name?: string }
  /** Over the addresses that are known. */
  | { readonly kind: 'contact'; readonly contact: string };

const INVITE_START = /^gravyinvite1/iu;
const URL_START = /^(wss?|https?):\/\//iu;

export function isInvite(text: string): boolean {
  return INVITE_START.test(text);
}

/**
 * `URL CONTACT`, `INVITE [NAME]`, or `CONTACT` alone.
 * @throws CliError `usage` for a URL without a contact
 */
export function parseTarget(first: string, second?: string): ConnectTarget {
  if (isInvite(first)) {
    return { kind: 'invite', invite: first, ...(second === undefined ? {} : { name: second }) };
  }
  if (second !== undefined) return { kind: 'url', url: first, contact: second };
  if (!URL_START.test(first)) return { kind: 'contact', contact: first };
  throw new CliError(
    'usage',
    'With a URL goes the contact whom you expect there.',
    'gravy connect URL CONTACT',
  );
}

/** The same from one line, where a name may have spaces; undefined if it is empty. */
export function parseTargetLine(line: string): ConnectTarget | undefined {
  const parsed = parseWordAndName(line);
  if (parsed === undefined) return undefined;
  const isAddress = isInvite(parsed.word) || URL_START.test(parsed.word);
  return isAddress ? parseTarget(parsed.word, parsed.name) : parseTarget(unquote(line));
}

/** What `session.connect` takes. */
export function connectParams(
  target: ConnectTarget,
): { url: string; contact: string } | { contact: string } | { invite: string; name?: string } {
  switch (target.kind) {
    case 'url':
      return { url: target.url, contact: target.contact };
    case 'contact':
      return { contact: target.contact };
    case 'invite': {
      const { invite, name } = target;
      return { invite, ...(name === undefined ? {} : { name }) };
    }
    default:
      return target satisfies never;
  }
}
