// Any program of this machine may have taken the metrics port.
import { createServer, type RequestListener } from 'node:http';
import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fetchQuickHostname, fetchReadiness } from '../src/metrics-client.js';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return listen(server);
}

test.each<[string, string]>([
  ['nothing', ''],
  ['no JSON', '<html>'],
  ['null', 'null'],
  ['no name', '{"hostname":""}'],
  ['a number', '{"hostname":1}'],
  ['another domain', '{"hostname":"a-b.example.org"}'],
  ['the service', '{"hostname":"api.trycloudflare.com"}'],
  ['a name with a path', '{"hostname":"a-b.trycloudflare.com/x"}'],
  ['a name with a user', '{"hostname":"x@a-b.trycloudflare.com"}'],
  ['a name too much', '{"hostname":"a.b.trycloudflare.com"}'],
])('a host name that is %s is none', async (_name, body) => {
  const port = await serve((_request, response) => response.end(body));
  expect(await fetchQuickHostname(port)).toBeUndefined();
});

test('with a scheme or without', async () => {
  const bodies = [
    '{"hostname":"https://a-b.trycloudflare.com"}',
    '{"hostname":"a-b.trycloudflare.com"}',
  ];
  const port = await serve((_request, response) => response.end(bodies.shift()));
  expect(await fetchQuickHostname(port)).toBe('a-b.trycloudflare.com');
  expect(await fetchQuickHostname(port)).toBe('a-b.trycloudflare.com');
});

test('another connector, or another kind of server, says nothing', async () => {
  let status = 200;
  const port = await serve((_request, response) => {
    response.writeHead(status).end('{"connectorId":"one"}');
  });
  expect(await fetchReadiness(port, undefined)).toEqual({ isReady: true, connectorId: 'one' });
  expect(await fetchReadiness(port, 'one')).toEqual({ isReady: true, connectorId: 'one' });
  expect(await fetchReadiness(port, 'other')).toBeUndefined();
  status = 503;
  expect(await fetchReadiness(port, 'one')).toEqual({ isReady: false, connectorId: 'one' });
  status = 404;
  expect(await fetchReadiness(port, 'one')).toBeUndefined();
});

test('an answer without end, one that never comes, and what is no HTTP', async () => {
  const endless = await serve((_request, response) => {
    const more = (): void => {
      while (response.writable && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  });
  expect(await fetchReadiness(endless, undefined)).toBeUndefined();
  const silent = await serve(() => {});
  expect(await fetchReadiness(silent, undefined)).toBeUndefined();
  const plain = await listen(createPlainServer((socket) => void socket.end('220 ready\r\n')));
  expect(await fetchReadiness(plain, undefined)).toBeUndefined();
  expect(await fetchReadiness(1, undefined)).toBeUndefined();
});
