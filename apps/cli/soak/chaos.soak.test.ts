import { reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { ChaosChat, textOf, type Weather } from '../test/e2e/trials/chaos-chat.js';

test.each<[Weather, number, number]>([
  ['chaos', soakCount(500), soakCount(40)],
  ['steady', soakCount(6_000), soakCount(1_000)],
])('a %s network, %d texts each way, %d kills', async (weather, texts, kills) => {
  const started = performance.now();
  const chat = await ChaosChat.open({ texts, kills, seed: 9, weather });
  try {
    const figures = await chat.run(texts);
    const [ada, ben] = await chat.outcome();
    for (const [has, from] of [
      [ada, 'ben'],
      [ben, 'ada'],
    ] as const) {
      const all = Array.from({ length: texts }, (_, number) => textOf(from, number));
      expect(has?.stored).toEqual(all);
      expect(has?.told).toEqual([...new Set(has?.told)]);
      expect(has?.states).toEqual(all.map(() => 'delivered'));
    }
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    reportSoak(
      `${weather}, real processes`,
      `${texts} texts each way, ${figures.kills} kills, ${figures.connections} connections, nothing lost, twice or out of order, ${seconds} s`,
    );
  } finally {
    await chat.end();
  }
});
