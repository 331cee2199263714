import { describe, expect, it } from 'vitest';
import { proximityOfAddress, proximityOfUrl } from '../src/account/proximity.js';

describe('how near an address is', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['192.168.1.2', 'private'],
    ['10.0.0.1', 'private'],
    ['169.254.169.254', 'private'],
    ['100.64.0.1', 'private'],
    ['0.0.0.0', 'loopback'],
    ['::', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['fe80::1%eth0', 'private'],
    ['not an address', 'private'],
    ['fe80::1', 'private'],
    ['fd00::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['1.1.1.1', 'public'],
    ['2606:4700::1111', 'public'],
  ])('%s is %s', (address, proximity) => {
    expect(proximityOfAddress(address)).toBe(proximity);
  });

  it.each([
    ['ws://localhost:1', 'loopback'],
    ['ws://LOCALHOST.:1', 'loopback'],
    ['ws://a.localhost', 'loopback'],
    ['ws://2130706433', 'loopback'],
    ['ws://0x7f.1', 'loopback'],
    ['ws://[::1]:1', 'loopback'],
    ['ws://[::ffff:127.0.0.1]', 'loopback'],
    ['ws://0', 'loopback'],
    ['ws://[::]:1', 'loopback'],
    ['ws://printer', 'private'],
    ['ws://nas.local', 'private'],
    ['ws://nas.home.arpa.', 'private'],
    ['ws://[fe80::1]', 'private'],
    ['wss://ada.example', 'public'],
    ['wss://local.example', 'public'],
    ['wss://1.1.1.1', 'public'],
  ])('%s leads to what is %s', (url, proximity) => {
    expect(proximityOfUrl(url)).toBe(proximity);
  });
});
