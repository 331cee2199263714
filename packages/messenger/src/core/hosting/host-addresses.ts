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
 * Loopback, and every address of this machine when all of them are listened on; the LAN's first to
 * share. Where a reverse proxy leads here, its URL is the one to share, and the only one that contacts
 * are told.
 */
export function hostAddresses(options: {
  hostname: string;
  port: number;
  publicUrl: string | undefined;
}): HostAddresses {
  const { hostname, port, publicUrl } = options;
  const { localUrl, urls } = listeningAddresses(hostname, port);
  if (publicUrl === undefined) {
    return { localUrl, url: urls[0] ?? localUrl, urls, announced: urls };
  }
  return { localUrl, url: publicUrl, urls: [publicUrl, ...urls], announced: [publicUrl] };
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
