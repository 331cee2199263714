// Spec 1.2: the derived path is appended to that of the URL.
import { TransportError } from './errors.js';

const SCHEMES: Readonly<Record<string, string>> = {
  'ws:': 'ws:',
  'wss:': 'wss:',
  'http:': 'ws:',
  'https:': 'wss:',
};

/**
 * The URL to dial for an address as people give it: `ws(s)://host[:port][/prefix]`, the same with
 * http(s), or without a scheme. `path` begins with a slash.
 * @throws TransportError `invalid_url`
 */
export function dialUrl(address: string, path: string): URL {
  const text = address.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `ws://${text}`;
  if (text === '' || !URL.canParse(withScheme)) {
    throw invalid(
      'This is not a URL. One looks like ws://192.168.1.20:8080 or wss://name.example.',
    );
  }
  const url = new URL(withScheme);
  const scheme = SCHEMES[url.protocol];
  if (scheme === undefined)
    throw invalid('Only ws://, wss://, http:// and https:// can be dialled.');
  if (url.username !== '' || url.password !== '') {
    throw invalid('The URL holds a user name or password. Leave it out.');
  }
  if (/[?#]/u.test(withScheme)) throw invalid('The URL has a ? or #. Leave out what follows it.');
  const prefix = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname;
  return new URL(`${scheme}//${url.host}${prefix}${path}`);
}

function invalid(message: string): TransportError {
  return new TransportError('invalid_url', message);
}
