import { reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { ProxiedChat } from '../test/trials/proxied-chat.js';

test('reconnects through a network that breaks, delays, splits and falls silent', async () => {
  const started = performance.now();
  const chat = await ProxiedChat.open(7);
  try {
    const { texts } = await chat.run({ sessions: soakCount(1_000), seed: 8 });
    expect(chat.faults()).toEqual([]);
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    reportSoak(
      'reconnects',
      `${chat.sessions} sessions over ${chat.proxy.connections.length} connections, ${texts} texts, none lost or told twice, ${seconds} s`,
    );
  } finally {
    await chat.end();
  }
});
