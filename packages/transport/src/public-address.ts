// Which addresses are out in the internet: the special-purpose registries of IANA (RFC 6890) say which are not.
import { BlockList, isIPv4, isIPv6 } from 'node:net';

const SPECIAL_IPV4 = blockList('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // between a provider and its customers
  '127.0.0.0/8', // this machine
  '169.254.0.0/16', // this link, where clouds keep their secrets
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // relays from 6to4, withdrawn
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
]);

/** The one part of IPv6 from which public addresses are given. */
const GLOBAL_UNICAST = blockList('ipv6', ['2000::/3']);
const SPECIAL_IPV6 = blockList('ipv6', [
  '2001::/23', // protocol assignments, Teredo among them
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which leads on to any IPv4 address
  '3fff::/20', // documentation
]);

const MAPPED_IPV4 = blockList('ipv6', ['::ffff:0:0/96']);
/** RFC 6052: an IPv4 address as seen from a network that has IPv6 only. */
const TRANSLATED_IPV4 = blockList('ipv6', ['64:ff9b::/96']);

/**
 * Whether an IP address, as text, belongs to the internet at large. Not so: this machine, private and
 * local networks, those of providers, multicast, reserved and documentation ranges, an IPv6 address that
 * holds such an IPv4 one, one with a zone, and what is no IP address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_IPV4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  if (MAPPED_IPV4.check(address, 'ipv6') || TRANSLATED_IPV4.check(address, 'ipv6')) {
    return isPublicAddress(lastFourBytes(address));
  }
  return GLOBAL_UNICAST.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6');
}

/** The IPv4 address at the end of an IPv6 one. */
function lastFourBytes(address: string): string {
  // The parser of URLs writes every IPv6 address in hexadecimal groups.
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(/::?/u);
  const [high = 0, low = 0] = ['0', ...groups].slice(-2).map((group) => Number(`0x${group || 0}`));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function blockList(family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
