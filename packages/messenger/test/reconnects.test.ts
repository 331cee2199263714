// GOALS: network faults through a proxy, with reconnects. The long form is in soak/.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProxiedChat } from './trials/proxied-chat.js';

const SESSIONS = 30;

let chat: ProxiedChat;
beforeEach(async () => {
  chat = await ProxiedChat.open(5);
});
afterEach(() => chat.end());

test(
  'nothing acknowledged is lost and nothing shown twice, however often the network breaks',
  { timeout: 120_000 },
  async () => {
    const { texts } = await chat.run({ sessions: SESSIONS, seed: 6 });
    expect(chat.faults()).toEqual([]);
    expect(chat.sessions).toBeGreaterThanOrEqual(SESSIONS);
    expect(texts).toBeGreaterThan(SESSIONS);
  },
);
