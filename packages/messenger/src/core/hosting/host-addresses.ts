import { networkInterfaces } from 'node:os';

/** Where a host can be reached. */
export interface HostAddresses {
  readonly localUrl: string;
  /** The best one to share. */
  readonly url: string;
  readonly urls: readonly string[];
  /** What contacts are told. */
  readonly announced: readonly string[];
}

/**
 * Loopback, and every address of this machine when all of them are listened on. The best to share is
 * the one that a reverse proxy of one's own or a tunnel gives, then the LAN's. Where a proxy leads here
 * contacts are told of nothing else: who sets one up decides how guests come in.
 */
export function hostAddresses(options: {
  hostname: string;
  port: number;
  publicUrl: string | undefined;
  tunnelUrl: string | undefined;
}): HostAddresses {
  const { hostname, port, publicUrl, tunnelUrl } = options;
  const { localUrl, urls: listening } = listeningAddresses(hostname, port);
  const urls = [publicUrl, tunnelUrl, ...listening].filter((url) => url !== undefined);
  const announced = publicUrl === undefined ? urls : [publicUrl];
  return { localUrl, url: urls[0] ?? localUrl, urls: [...new Set(urls)], announced };
}

function listeningAddresses(hostname: string, port: number): { localUrl: string; urls: string[] } {
  const url = (host: string): string => `ws://${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (hostname !== '0.0.0.0' && hostname !== '::') {
    return { localUrl: url(hostname), urls: [url(hostname)] };
  }
  const lan = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family, scopeid }) => !internal && (family === 'IPv4' || scopeid === 0))
    .filter(({ family }) => hostname === '::' || family === 'IPv4')
    .map(({ address }) => url(address));
  const localUrl = url('127.0.0.1');
  return { localUrl, urls: [...lan, localUrl] };
}
