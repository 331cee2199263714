import { connect, type Socket } from 'node:net';
import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/**
 * Leads TLS connections of this process to trycloudflare.com, and to the names given, to an edge on loopback instead, so
 * that `wss://a-b-c-d.trycloudflare.com` can be dialled as it is. Returns what undoes it. For another process there is
 * `Edge.environment`.
 */
export function mapPublicNames(edgePort: number, names: readonly string[] = []): () => void {
  const original = tls.connect;
  const mapped = (...parameters: unknown[]): Socket => {
    const [options] = parameters;
    const host =
      typeof options === 'object' && options !== null ? Reflect.get(options, 'host') : undefined;
    if (
      typeof host !== 'string' ||
      !(names.includes(host) || host.endsWith('.trycloudflare.com'))
    ) {
      return Reflect.apply(original, tls, parameters) as Socket;
    }
    const socket = connect({ host: '127.0.0.1', port: edgePort });
    // Clients that wait for the TLS handshake are told that it is done.
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket;
  };
  Object.assign(tls, { connect: mapped });
  syncBuiltinESMExports();
  return () => {
    Object.assign(tls, { connect: original });
    syncBuiltinESMExports();
  };
}
