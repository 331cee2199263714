// GOALS: 1,000 slow clients for 5 minutes, of four kinds, all from this machine as behind a tunnel that reports nothing.
import { reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { floodedChat } from '../test/e2e/flood/flooded-chat.js';

test('contacts chat while 1,000 slow clients crowd the host', async () => {
  const seconds = soakCount(300);
  const figures = await floodedChat({ clients: 1_000, pauseMs: 800, seconds });
  const { visits, failedAttempts } = figures;
  reportSoak(
    'chat under 1,000 slow clients',
    [
      `${seconds} s, ${figures.connectionsPerSecond.toFixed(0)} connections/s`,
      `${figures.texts} texts stored by both, p50 ${figures.p50Ms.toFixed(1)} ms, p99 ${figures.p99Ms.toFixed(1)} ms`,
      `a third, 100 ms away, got in ${visits} times in ${visits + failedAttempts} attempts`,
    ].join('; '),
  );
  expect(figures.p99Ms).toBeLessThan(500);
  expect(visits).toBeGreaterThan(0);
});
