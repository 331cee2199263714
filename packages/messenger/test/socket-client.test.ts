import { describe, expect, it } from 'vitest';
import type { GravyEvent } from '../src/index.js';
import { createSocketClient, type SocketClient } from '../src/page.js';

function openClient(): { client: SocketClient; sent: string[]; closes: () => number } {
  const sent: string[] = [];
  let closed = 0;
  const client: SocketClient = createSocketClient({
    send: (message) => sent.push(message),
    close: () => {
      closed += 1;
      client.end('closed here');
    },
  });
  return { client, sent, closes: () => closed };
}

describe('createSocketClient', () => {
  it('brings each answer to its call, in whatever order they come', async () => {
    const { client, sent } = openClient();
    const first = client.call('account.list', {});
    const second = client.call('account.show', {});
    expect(sent.map((message) => JSON.parse(message) as unknown)).toEqual([
      { jsonrpc: '2.0', id: 1, method: 'account.list', params: {} },
      { jsonrpc: '2.0', id: 2, method: 'account.show', params: {} },
    ]);
    client.receive('{"jsonrpc":"2.0","id":2,"result":{"name":"ada","id":"gravy1x"}}');
    client.receive('{"jsonrpc":"2.0","id":7,"result":"nobody asked"}');
    client.receive('{"jsonrpc":"2.0","id":1,"result":[]}');
    expect(await second).toEqual({ name: 'ada', id: 'gravy1x' });
    expect(await first).toEqual([]);
  });

  it('turns errors into those that were thrown', async () => {
    const { client } = openClient();
    const call = client.call('account.show', {});
    client.receive(
      '{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"Locked.","data":{"code":"locked"}}}',
    );
    await expect(call).rejects.toMatchObject({ name: 'MessengerError', code: 'locked' });
  });

  it('hands on events until nobody listens', () => {
    const { client } = openClient();
    const events: GravyEvent[] = [];
    const stop = client.onEvent((event) => events.push(event));
    const typing = { method: 'typing', params: { contact: 'gravy1x' } };
    client.receive(JSON.stringify({ jsonrpc: '2.0', ...typing }));
    stop();
    client.receive(JSON.stringify({ jsonrpc: '2.0', ...typing }));
    expect(events).toEqual([typing]);
  });

  it('tells open and later calls that the connection is gone', async () => {
    const { client, closes } = openClient();
    const call = client.call('account.list', {});
    await client.close();
    await client.closed;
    expect(closes()).toBe(1);
    await expect(call).rejects.toMatchObject({ code: 'connection_closed', message: 'closed here' });
    await expect(client.call('account.list', {})).rejects.toMatchObject({
      code: 'connection_closed',
    });
  });
});
