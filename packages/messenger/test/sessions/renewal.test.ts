// Replacing old sessions, and noticing that the machine has slept: Spec 6.
import { beforeEach, describe, expect, it } from 'vitest';
import { backOffMs } from '../../src/core/sessions/back-off.js';
import { Renewal } from '../../src/core/sessions/renewal.js';
import type { Session } from '../../src/core/sessions/session-registry.js';
import { WakeWatch } from '../../src/core/sessions/wake-watch.js';
import { HandClock } from '../hand-clock.js';
import { handSession } from './hand-session.js';

const HOUR_MS = 3_600_000;

describe('a session', () => {
  let clock: HandClock;
  let dialledAt: number[];
  let renewal: Renewal;
  beforeEach(() => {
    clock = new HandClock();
    dialledAt = [];
    renewal = new Renewal({
      clock,
      dial: () => {
        dialledAt.push(clock.elapsed() / HOUR_MS);
        return Promise.reject(new Error('Nobody is there.'));
      },
    });
  });
  const open = async (role: 'host' | 'guest'): Promise<Session> => {
    const { session, peer } = await handSession({ role });
    await peer.close();
    renewal.opened(session);
    return session;
  };

  it.each([
    [0, 22],
    [0.5, 23],
    [0.999_999, 24],
  ])(
    'that this account began is replaced at an age of 22 to 24 hours (%d)',
    async (chance, hours) => {
      clock.chance = () => chance;
      await open('guest');
      clock.advance(21.99 * HOUR_MS);
      expect(dialledAt).toEqual([]);
      clock.advance(2.01 * HOUR_MS);
      expect(dialledAt[0]).toBeCloseTo(hours, 4);
    },
  );

  it('is tried to be replaced every half hour while it lives', async () => {
    const session = await open('guest');
    clock.advance(25 * HOUR_MS);
    expect(dialledAt).toEqual([23, 23.5, 24, 24.5, 25]);
    renewal.ended(session);
    clock.advance(25 * HOUR_MS);
    expect(dialledAt).toHaveLength(5);
    expect(clock.waiting).toBe(0);
  });

  it('that the other side began is left to it', async () => {
    await open('host');
    renewal.wake();
    clock.advance(48 * HOUR_MS);
    expect(dialledAt).toEqual([]);
  });

  it('is replaced at once after a sleep, each once', async () => {
    await open('guest');
    await open('guest');
    renewal.wake();
    expect(dialledAt).toEqual([0, 0]);
    renewal.stopAll();
    renewal.wake();
    clock.advance(48 * HOUR_MS);
    expect(dialledAt).toHaveLength(2);
  });
});

describe('a sleep', () => {
  let clock: HandClock;
  let wakes: number;
  let watch: WakeWatch;
  beforeEach(() => {
    clock = new HandClock();
    wakes = 0;
    watch = new WakeWatch({ clock, onWake: () => (wakes += 1) });
  });

  it('is none while time passes as it should', () => {
    clock.advance(24 * HOUR_MS);
    expect(wakes).toBe(0);
  });

  it.each([true, false])(
    'is noticed once after it, whether the other clock stands still (%s)',
    (elapsedStops) => {
      clock.advance(12_345);
      clock.sleep(8 * HOUR_MS, { elapsedStops });
      clock.advance(5_000);
      expect(wakes).toBe(1);
      clock.advance(HOUR_MS);
      expect(wakes).toBe(1);
    },
  );

  it('is not what a busy moment looks like, nor a clock that is set back', () => {
    clock.sleep(14_000);
    clock.advance(5_000);
    clock.set(-48 * HOUR_MS);
    clock.advance(HOUR_MS);
    expect(wakes).toBe(0);
  });

  it('may be taken for a clock that is set forward, which does no harm', () => {
    clock.set(HOUR_MS);
    clock.advance(5_000);
    expect(wakes).toBe(1);
  });

  it('is of no interest after the account was closed', () => {
    watch.close();
    clock.sleep(HOUR_MS);
    clock.advance(HOUR_MS);
    expect(wakes).toBe(0);
    expect(clock.waiting).toBe(0);
  });
});

describe('the pause before an attempt', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [6, 16_000, 32_000],
    [7, 30_000, 60_000],
    [1_000, 30_000, 60_000],
  ])('number %i is between %i and %i ms', (attempt, least, most) => {
    expect(backOffMs(attempt, 0)).toBe(least);
    expect(backOffMs(attempt, 1)).toBe(most);
    expect(backOffMs(attempt, 0.5)).toBe((least + most) / 2);
  });
});
