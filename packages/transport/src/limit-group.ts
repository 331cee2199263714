// Spec 6: what counts as one address.
import { isIPv6, SocketAddress } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu;
const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * The addresses that share one limit: an IPv4 address is alone, however it is written; an IPv6 address
 * counts by its /64, because whoever has one address of such a network can take any other of it.
 */
export function limitGroup(address: string): string {
  const mapped = MAPPED_IPV4.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [withoutZone = ''] = address.split('%');
  if (!isIPv6(withoutZone)) return address;
  const canonical = new SocketAddress({ address: withoutZone, family: 'ipv6' }).address;
  const canonicalMapped = MAPPED_IPV4.exec(canonical)?.[1];
  if (canonicalMapped !== undefined) return canonicalMapped;
  const [head = [], tail = []] = canonical
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: GROUPS - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS).join(':');
}
