import { MAX_METRICS_BYTES, METRICS_TIMEOUT_MS } from './limits.js';
import { isQuickHostname } from './output-line.js';

/** What cloudflared's metrics server answers; `undefined` while nobody answers there. */
export interface Readiness {
  readonly isReady: boolean;
  readonly connectorId: string | undefined;
}

/**
 * `/ready`: whether the edge has a connection. Somebody else's answer is none: any program may have taken the
 * port before cloudflared could.
 */
export async function fetchReadiness(
  port: number,
  expectedConnectorId: string | undefined,
): Promise<Readiness | undefined> {
  const answer = await fetchMetrics(port, '/ready');
  if (answer === undefined || (answer.status !== 200 && answer.status !== 503)) return undefined;
  const connectorId = readText(answer.body, 'connectorId');
  if (expectedConnectorId !== undefined && connectorId !== undefined) {
    if (connectorId !== expectedConnectorId) return undefined;
  }
  return { isReady: answer.status === 200, connectorId };
}

/** `/quicktunnel`: the host name that the service gave. */
export async function fetchQuickHostname(port: number): Promise<string | undefined> {
  const answer = await fetchMetrics(port, '/quicktunnel');
  if (answer?.status !== 200) return undefined;
  // Without a scheme, today.
  const hostname = readText(answer.body, 'hostname')?.replace(/^https:\/\//u, '');
  return hostname !== undefined && isQuickHostname(hostname) ? hostname : undefined;
}

function readText(body: string, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
    const text: unknown = Reflect.get(value, name);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Not `fetch`: it keeps connections, and a proxy from the environment has nothing to do with this. */
function fetchMetrics(
  port: number,
  path: string,
): Promise<{ status: number; body: string } | undefined> {
  return new Promise((resolve) => {
    // Not imported: importing node:http evaluates all that it offers, fetch's whole machinery with it (40 ms).
    const request = process.getBuiltinModule('node:http').get({
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      timeout: METRICS_TIMEOUT_MS,
    });
    const deadline = setTimeout(() => request.destroy(), METRICS_TIMEOUT_MS);
    request.on('close', () => {
      clearTimeout(deadline);
      resolve(undefined);
    });
    request.on('error', () => resolve(undefined));
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
        if (body.length > MAX_METRICS_BYTES) request.destroy();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', () => resolve(undefined));
    });
  });
}
