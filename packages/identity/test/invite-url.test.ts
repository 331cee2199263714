import { describe, expect, it } from 'vitest';
import { isInviteUrl } from '../src/invite-url.js';

describe('the address in an invite', () => {
  it.each([
    'ws://192.0.2.7:8080',
    'wss://name.example',
    'wss://name.example/',
    'wss://name.example:443/a/b%20c',
    'ws://[2001:db8::1]:8080/x',
    'ws://xn--bcher-kva.example',
    'ws://localhost:1/[a]:@',
    `ws://h/${'x'.repeat(2048 - 7)}`,
  ])('may be %s', (url) => {
    expect(isInviteUrl(url)).toBe(true);
  });

  it.each([
    '',
    'name.example',
    'http://name.example',
    'WS://name.example',
    ' ws://name.example',
    'ws://name.example ',
    'ws:name.example',
    'ws://',
    'ws:///path',
    'ws://:8080',
    'ws://name.example:',
    'ws://name.example:65536',
    'ws://name.example:8080:9',
    'ws://name.example:8o',
    'ws://me@name.example',
    'ws://me:pw@name.example',
    'ws://name.example?query',
    'ws://name.example/path?query',
    'ws://name.example/#fragment',
    'ws://name.example\\path',
    'ws://name.example/a b',
    'ws://name.example/\n',
    'ws://name.example/\u001B[2J',
    'ws://name.example/\u202Egpj',
    'ws://b\u00FCcher.example',
    'ws://name\u0000.example',
    'ws://2001:db8::1',
    'ws://[2001:db8::1',
    'ws://[name]',
    'ws://256.256.256.256',
    `ws://h/${'x'.repeat(2048 - 6)}`,
    undefined,
    7,
    ['ws://name.example'],
  ])('may not be %j', (url) => {
    expect(isInviteUrl(url)).toBe(false);
  });
});
