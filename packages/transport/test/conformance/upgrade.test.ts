// What a listener makes of a client's wishes, and the numbers it keeps to: Spec 1.1 and 6.
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as limits from '../../src/limits.js';
import { Ends, PATH } from '../open-ends.js';

describe('an upgrade on the right path', () => {
  let ends: Ends;
  beforeEach(async () => {
    ends = await Ends.open();
  });
  afterEach(() => ends.close());

  it('that offers compression gets in without it', async () => {
    const socket = connect(ends.listener.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `GET ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
        'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 101 /u);
    expect(answer.toString('latin1')).not.toMatch(/extensions|deflate/iu);
    socket.destroy();
  });
});

it('the limits are those of the specification', () => {
  expect(limits).toMatchObject({
    MAX_MESSAGE_BYTES: 262_174,
    REQUEST_TIMEOUT_MS: 5_000,
    MAX_UNAUTHENTICATED: 32,
    MAX_UNAUTHENTICATED_PER_ADDRESS: 4,
    SEND_HIGH_WATER_BYTES: 512 * 1_024,
    DRAIN_TIMEOUT_MS: 60_000,
  });
});
