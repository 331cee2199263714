import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { TransportError } from './errors.js';
import { isPublicAddress } from './public-address.js';

/** Every address of a name, as the operating system finds them. */
type ResolveAll = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup for sockets that fails with `not_public` when any address of the name is not public. The
 * addresses it gives are those that the socket connects to: the name is not looked up again after the
 * check, so that it cannot mean something else by then.
 */
export function publicLookup(resolveAll: ResolveAll = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolveAll(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) return callback(error, '');
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(notPublic(), '');
      }
      if (options.all === true) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/**
 * A socket does not look up what is an address already.
 * @throws TransportError `not_public`
 */
export function refuseIfNotPublic({ hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/gu, '');
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw notPublic();
}

function notPublic(): TransportError {
  return new TransportError(
    'not_public',
    'This address is not out in the internet but of this machine or a network around it, and was given by somebody else. Dial it yourself if you mean it.',
  );
}
