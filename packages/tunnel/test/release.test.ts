import { expect, test } from 'vitest';
import { assetName } from '../src/release.js';

test.each([
  ['linux', 'x64', 'cloudflared-linux-amd64'],
  ['linux', 'arm64', 'cloudflared-linux-arm64'],
  ['linux', 'arm', 'cloudflared-linux-arm'],
  ['linux', 'ia32', 'cloudflared-linux-386'],
  ['darwin', 'x64', 'cloudflared-darwin-amd64.tgz'],
  ['darwin', 'arm64', 'cloudflared-darwin-arm64.tgz'],
  ['win32', 'x64', 'cloudflared-windows-amd64.exe'],
  ['win32', 'arm64', 'cloudflared-windows-amd64.exe'],
  ['win32', 'ia32', 'cloudflared-windows-386.exe'],
  ['freebsd', 'x64', undefined],
  ['linux', 'riscv64', undefined],
])('%s %s: %s', (platform, architecture, name) => {
  expect(assetName(platform, architecture)).toBe(name);
});
