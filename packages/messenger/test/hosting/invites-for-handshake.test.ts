import { expect, it } from 'vitest';
import { invitesForHandshake } from '../../src/account/invites-for-handshake.js';

const invite = (byte: number): { key: Uint8Array; psk: Uint8Array } => ({
  key: new Uint8Array(16).fill(byte),
  psk: new Uint8Array(32).fill(byte),
});

it.each([0, 1, 32])('with %i open invites a handshake compares with 32 different ones', (count) => {
  const open = Array.from({ length: count }, (_, index) => invite(index + 1));
  const all = invitesForHandshake(open);
  expect(all.slice(0, count)).toEqual(open);
  expect(new Set(all.map(({ psk }) => Buffer.from(psk).toString('hex'))).size).toBe(32);
});

it('leaves no secret behind after the turn in which the handshake had them', async () => {
  const open = [invite(1), invite(2)];
  expect(invitesForHandshake(open)[1]?.psk[0]).toBe(2);
  await Promise.resolve();
  expect(open.flatMap(({ psk }) => [...psk])).toEqual(Array.from({ length: 64 }, () => 0));
});
