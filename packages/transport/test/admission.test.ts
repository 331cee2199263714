import { describe, expect, it } from 'vitest';
import { Admission, type Candidate } from '../src/admission.js';
import { isLoopback } from '../src/tunnel-address.js';

/** A house of 8 places, where 2 per address may be, and two of which arrivals keep. */
class House {
  readonly dropped: string[] = [];
  readonly admission = new Admission({ maxInAll: 8, maxPerAddress: 2, isExempt: isLoopback });

  arrive(name: string, address = '127.0.0.1'): Candidate {
    const candidate = { address, drop: () => this.dropped.push(name) };
    this.admission.enter(candidate);
    return candidate;
  }

  upgraded(name: string, reportedAddress?: string): Candidate {
    const candidate = this.arrive(name);
    this.admission.upgrade(candidate, reportedAddress);
    return candidate;
  }

  plausible(name: string): Candidate {
    const candidate = this.upgraded(name);
    this.admission.markPlausible(candidate);
    return candidate;
  }
}

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('a full house', () => {
  it('lets the oldest go who has sent no request', () => {
    const house = new House();
    house.plausible('friend');
    house.upgraded('guest');
    for (const name of names('stranger', 20)) house.arrive(name);
    expect(house.dropped).toEqual(names('stranger', 14));
    expect(house.admission.count).toBe(8);
  });

  it('lets the oldest go without a first message, when few are without a request', () => {
    const house = new House();
    house.plausible('friend');
    for (const name of names('guest', 7)) house.upgraded(name);
    for (const name of names('late', 2)) house.arrive(name);
    expect(house.dropped).toEqual(['guest0', 'guest1']);
  });

  it('keeps a place for an arrival until it has sent its request, whoever holds the others', () => {
    const house = new House();
    for (const name of names('hoarder', 8)) house.upgraded(name);
    const guest = house.arrive('guest');
    house.arrive('next');
    house.arrive('after');
    expect(house.admission.upgrade(guest)).toBe(true);
    expect(house.dropped).toEqual(names('hoarder', 3));
  });

  it('lets the oldest of all go when everybody has sent a first message', () => {
    const house = new House();
    for (const name of names('friend', 8)) house.plausible(name);
    house.arrive('late');
    expect(house.dropped).toEqual(['friend0']);
    house.arrive('later');
    expect(house.dropped).toEqual(['friend0', 'late']);
  });

  it('does not take back who was displaced', () => {
    const house = new House();
    const [first] = names('stranger', 9).map((name) => house.arrive(name));
    if (first === undefined) throw new Error('nobody came');
    expect(house.admission.upgrade(first)).toBe(false);
    house.admission.markPlausible(first);
    expect(house.admission.count).toBe(8);
  });
});

describe('the limit per address', () => {
  it('holds for what the socket says, and not for this machine', () => {
    const house = new House();
    for (const name of names('a', 3)) house.arrive(name, '192.0.2.1');
    for (const name of names('b', 3)) house.arrive(name, '::ffff:127.0.0.1');
    expect(house.dropped).toEqual(['a2']);
  });

  it('holds for what the tunnel says, from the upgrade on, even for this machine', () => {
    const house = new House();
    for (const name of names('a', 3)) house.upgraded(name, '192.0.2.1');
    for (const name of names('b', 3)) house.upgraded(name, '127.0.0.1');
    for (const name of names('c', 2)) house.upgraded(name, '192.0.2.2');
    expect(house.dropped).toEqual(['a2', 'b2']);
    expect(house.admission.count).toBe(6);
  });

  it('has room again when one has left', () => {
    const house = new House();
    const [first] = [house.arrive('a', '192.0.2.1'), house.arrive('b', '192.0.2.1')];
    house.admission.leave(first);
    house.arrive('c', '192.0.2.1');
    expect(house.dropped).toEqual([]);
  });
});
