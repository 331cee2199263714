// GOALS: 1,000 slow clients. Which of them keep a newcomer out for how long is printed, not promised, for those who know the path.
import { reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { described, flood, type FloodTrial } from '../test/trials/flood.js';

const CLIENTS = 1_000;
const PAUSE_MS = 800;
const SECONDS = 60;
const SPECIFIED_UNAUTHENTICATED = 32;
const MAX_CHAT_P99_MS = 500;

type Crowd = Pick<FloodTrial, 'limit' | 'addresses' | 'kinds'>;
const STRANGERS = ['silent', 'dribbling'] as const;

test.each<[string, boolean, Crowd]>([
  ['strangers, no limit per address', true, { limit: 'none', addresses: 1, kinds: STRANGERS }],
  ['strangers of 250 addresses', true, { limit: 'sockets', addresses: 250, kinds: STRANGERS }],
  ['all kinds of 5 addresses', true, { limit: 'sockets', addresses: 5 }],
  ['all kinds of 5 addresses, tunnel', true, { limit: 'tunnel', addresses: 5 }],
  ['all kinds, no limit per address', false, { limit: 'none', addresses: 1 }],
  ['all kinds of 250 addresses', false, { limit: 'sockets', addresses: 250 }],
  ['all kinds of 250 addresses, tunnel', false, { limit: 'tunnel', addresses: 250 }],
  ['who knows the path, no limit', false, { limit: 'none', addresses: 1, kinds: ['upgraded'] }],
])('%s', async (name, letsEverybodyIn, crowd) => {
  const seconds = soakCount(SECONDS);
  const figures = await flood({ ...crowd, clients: CLIENTS, pauseMs: PAUSE_MS, seconds });
  reportSoak(`flood, ${name}`, `${CLIENTS} clients, ${seconds} s; ${described(figures)}`);
  expect(figures.maxUnauthenticated).toBeLessThanOrEqual(SPECIFIED_UNAUTHENTICATED);
  expect(figures.chat.p99Ms).toBeLessThan(MAX_CHAT_P99_MS);
  expect(letsEverybodyIn ? figures.newcomers.shutOut : 0).toBe(0);
});
