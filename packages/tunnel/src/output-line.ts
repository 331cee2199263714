/** What a line of cloudflared's output says, as far as it matters here. Its text goes nowhere. */
export type OutputFinding =
  | { readonly kind: 'url'; readonly hostname: string }
  | { readonly kind: 'connector'; readonly connectorId: string }
  | { readonly kind: 'registered' }
  | { readonly kind: 'failure'; readonly failure: OutputFailure };

export type OutputFailure =
  | 'rate-limited'
  | 'api-unreachable'
  | 'service-down'
  | 'edge-unreachable'
  | 'metrics-port-taken'
  | 'token-refused';

/** Only in its box: failure lines name https://api.trycloudflare.com, which is the service and not a tunnel. */
const BOXED_URL = /\|\s+https:\/\/([a-z0-9.-]+)\s+\|\s*$/u;
const CONNECTOR = /Generated Connector ID: ([0-9a-f-]{36})/u;

/** The first that matches says it: what is certain stands before what might come with it. */
const FAILURES: readonly (readonly [RegExp, OutputFailure])[] = [
  [/error code: 1015|429 Too Many Requests/u, 'rate-limited'],
  [/failed to request quick Tunnel|failed to read quick-tunnel response/u, 'api-unreachable'],
  [/failed to (?:parse quick Tunnel ID|unmarshal quick Tunnel)/u, 'service-down'],
  [/Error unmarshaling QuickTunnel response/u, 'service-down'],
  [/Error opening metrics server listener/u, 'metrics-port-taken'],
  [
    /[Tt]unnel token is not valid|Unauthorized: (?:Invalid tunnel secret|Tunnel not found|Failed to get tunnel)/u,
    'token-refused',
  ],
  [
    /Failed to dial a quic connection|Unable to establish connection|failed to dial to edge/u,
    'edge-unreachable',
  ],
];

export function readOutputLine(line: string): OutputFinding | undefined {
  const boxed = BOXED_URL.exec(line)?.[1];
  if (boxed !== undefined && isQuickHostname(boxed)) return { kind: 'url', hostname: boxed };
  const connectorId = CONNECTOR.exec(line)?.[1];
  if (connectorId !== undefined) return { kind: 'connector', connectorId };
  if (line.includes('Registered tunnel connection')) return { kind: 'registered' };
  for (const [pattern, failure] of FAILURES) {
    if (pattern.test(line)) return { kind: 'failure', failure };
  }
  return undefined;
}

/** Whether a name can be a quick tunnel's: one label below trycloudflare.com, and not the service's own. */
export function isQuickHostname(hostname: string): boolean {
  return (
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.trycloudflare\.com$/u.test(hostname) &&
    !/^(?:api|www)\./u.test(hostname)
  );
}
