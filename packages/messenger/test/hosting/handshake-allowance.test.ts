import { describe, expect, it } from 'vitest';
import { HandshakeAllowance } from '../../src/core/hosting/handshake-allowance.js';

/** How many of so many attempts at one moment are let through. */
const taken = (
  allowance: HandshakeAllowance,
  attempts: readonly (string | undefined)[],
  now = 0,
): number => attempts.filter((address) => allowance.take(address, now)).length;
const from = (address: string | undefined, count: number): (string | undefined)[] =>
  Array.from({ length: count }, () => address);

describe('handshakes that may begin', () => {
  it('are a quarter of all for one address, and the rest for others', () => {
    const allowance = new HandshakeAllowance(0);
    expect(taken(allowance, from('192.0.2.1', 1_000))).toBe(25);
    expect(taken(allowance, from('192.0.2.2', 5))).toBe(5);
    // A second later: 12 of the 50 that have come.
    expect(taken(allowance, from('192.0.2.1', 1_000), 1_000)).toBe(12);
    expect(taken(allowance, from('192.0.2.2', 5), 1_000)).toBe(5);
  });

  it('are limited in all, also where addresses say nothing', () => {
    const allowance = new HandshakeAllowance(0);
    expect(taken(allowance, from(undefined, 1_000))).toBe(100);
    expect(taken(allowance, ['192.0.2.1'])).toBe(0);
  });

  it('takes no memory without end for addresses', () => {
    const allowance = new HandshakeAllowance(0);
    const many = Array.from({ length: 5_000 }, (_, index) => `192.0.2.${index}`);
    expect(taken(allowance, many)).toBe(100);
    // Forgotten, so that its share is whole again: the limit in all is what holds then.
    expect(taken(allowance, from('192.0.2.0', 1_000), 60_000)).toBe(25);
  });
});
