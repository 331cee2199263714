// Slow clients on a host while a guest talks and others come. The long form has more of them, for longer, in more ways.
import { expect, test } from 'vitest';
import { described, flood } from './trials/flood.js';

const SPECIFIED_UNAUTHENTICATED = 32;
/** In the long form half of it; here other tests run beside this one. */
const MAX_CHAT_P99_MS = 1_000;

test.each([
  // As behind a tunnel that reports nothing: no address has a limit.
  [
    'strangers who do not know the path',
    { limit: 'none', addresses: 1, kinds: ['silent', 'dribbling'] },
  ],
  ['clients of five addresses', { limit: 'sockets', addresses: 5 }],
  ['clients of five addresses, behind a tunnel', { limit: 'tunnel', addresses: 5 }],
] as const)('%s do not keep a guest out', { timeout: 60_000 }, async (_who, crowd) => {
  const figures = await flood({ ...crowd, clients: 200, pauseMs: 250, seconds: 2 });
  const { maxUnauthenticated, chat, newcomers } = figures;
  expect(maxUnauthenticated).toBeLessThanOrEqual(SPECIFIED_UNAUTHENTICATED);
  expect(chat.p99Ms, described(figures)).toBeLessThan(MAX_CHAT_P99_MS);
  expect(newcomers.tries.length, described(figures)).toBeGreaterThan(0);
  expect(newcomers.shutOut, described(figures)).toBe(0);
});
