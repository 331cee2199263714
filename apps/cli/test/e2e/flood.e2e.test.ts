import { expect, test } from 'vitest';
import { floodedChat } from './flood/flooded-chat.js';

test('contacts chat, and another gets in, while slow clients crowd the host', async () => {
  const figures = await floodedChat({ clients: 200, pauseMs: 400, seconds: 3 });
  const text = JSON.stringify(figures);
  expect(figures.texts, text).toBeGreaterThan(5);
  // In the long form half of it: here other tests run beside this one.
  expect(figures.p99Ms, text).toBeLessThan(1_000);
  expect(figures.visits, text).toBeGreaterThan(0);
}, 60_000);
