import { expect, test } from 'vitest';
import { isQuickHostname, readOutputLine } from '../src/output-line.js';

const AT = '2026-08-20T10:00:00Z';

test('the URL is taken from its box', () => {
  const line = `${AT} INF |  https://amber-brook-cedar-delta.trycloudflare.com                         |`;
  expect(readOutputLine(line)).toEqual({
    kind: 'url',
    hostname: 'amber-brook-cedar-delta.trycloudflare.com',
  });
});

test.each([
  'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": EOF',
  `${AT} INF |  https://api.trycloudflare.com  |`,
  `${AT} INF |  https://www.cloudflare.com/website-terms/  |`,
  `${AT} INF |  https://a.trycloudflare.com.example.org  |`,
  `${AT} INF |  https://a.b.trycloudflare.com  |`,
  `${AT} INF Requesting new quick Tunnel on https://a-b-c-d.trycloudflare.com`,
])('no URL: %s', (line) => {
  expect(readOutputLine(line)?.kind).not.toBe('url');
});

test.each([
  [
    `${AT} ERR Error unmarshaling QuickTunnel response: error code: 1015 error="x" status_code="429 Too Many Requests"`,
    'rate-limited',
  ],
  ["failed to unmarshal quick Tunnel: invalid character 'e'", 'service-down'],
  [`${AT} ERR Error unmarshaling QuickTunnel response: error code: 1101 error="x"`, 'service-down'],
  ['failed to parse quick Tunnel ID: invalid UUID length: 0', 'service-down'],
  [
    'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup: no such host',
    'api-unreachable',
  ],
  [
    `${AT} ERR Failed to dial a quic connection error="failed to dial to edge with quic: timeout"`,
    'edge-unreachable',
  ],
  [
    `${AT} ERR Unable to establish connection with Cloudflare edge error="DialContext error"`,
    'edge-unreachable',
  ],
  [
    `${AT} ERR Error opening metrics server listener error="listen tcp 127.0.0.1:1: bind"`,
    'metrics-port-taken',
  ],
  ['Provided Tunnel token is not valid.', 'token-refused'],
  [
    `${AT} ERR Register tunnel error from server side error="Unauthorized: Tunnel not found"`,
    'token-refused',
  ],
])('failure: %s', (line, failure) => {
  expect(readOutputLine(line)).toEqual({ kind: 'failure', failure });
});

test('a connection and a connector are known', () => {
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
  expect(readOutputLine(`${AT} INF Generated Connector ID: ${id}`)).toEqual({
    kind: 'connector',
    connectorId: id,
  });
  expect(readOutputLine(`${AT} INF Registered tunnel connection connIndex=0`)).toEqual({
    kind: 'registered',
  });
  expect(readOutputLine(`${AT} INF Initial protocol quic`)).toBeUndefined();
});

test('names of quick tunnels have one label of their own', () => {
  expect(isQuickHostname('a-b.trycloudflare.com')).toBe(true);
  for (const name of ['trycloudflare.com', 'api.trycloudflare.com', '-a.trycloudflare.com', '']) {
    expect(isQuickHostname(name), name).toBe(false);
  }
});
