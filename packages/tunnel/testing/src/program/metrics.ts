import { createServer } from 'node:http';
import { log } from './log.ts';

/** The metrics server, as far as it is used. False if its port is taken, which ends the program. */
export function serveMetrics(
  address: string,
  state: { readonly connectorId: string; hostname: string; readyConnections: () => number },
): Promise<boolean> {
  const [host, port] = address.split(':');
  const server = createServer((request, response) => {
    switch (request.url ?? '') {
      case '/ready': {
        const readyConnections = state.readyConnections();
        const status = readyConnections > 0 ? 200 : 503;
        const { connectorId } = state;
        response.writeHead(status).end(JSON.stringify({ status, readyConnections, connectorId }));
        return;
      }
      case '/quicktunnel':
        response.end(JSON.stringify({ hostname: state.hostname }));
        return;
      case '/healthcheck':
        response.end('OK\n');
        return;
      default:
        response.writeHead(404).end('404 page not found\n');
    }
  });
  return new Promise((resolve) => {
    server.on('error', () => {
      log(
        'ERR',
        'Error opening metrics server listener error="listen tcp: address already in use"',
      );
      resolve(false);
    });
    server.listen(Number(port), host, () => {
      log('INF', `Starting metrics server on ${address}/metrics`);
      resolve(true);
    });
  });
}
