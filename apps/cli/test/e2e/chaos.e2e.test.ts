// Real processes, a network that cuts, delays and splits, and SIGKILL: GOALS, correctness. The long form is in soak/.
import { afterEach, describe, expect, it } from 'vitest';
import { ChaosChat, textOf, type Weather } from './trials/chaos-chat.js';

describe('two programs', { timeout: 120_000 }, () => {
  let chat: ChaosChat | undefined;
  afterEach(() => chat?.end());

  it.each<[Weather, number, number]>([
    ['chaos', 60, 6],
    ['steady', 90, 15],
  ])(
    'in a %s network, %d texts each way and %d kills: none lost, none twice, in order',
    async (weather, texts, kills) => {
      chat = await ChaosChat.open({ texts, kills, seed: 4, weather });
      expect(await chat.run(texts)).toMatchObject({ kills });
      const [ada, ben] = await chat.outcome();
      for (const [has, from] of [
        [ada, 'ben'],
        [ben, 'ada'],
      ] as const) {
        const all = Array.from({ length: texts }, (_, number) => textOf(from, number));
        expect(has?.stored).toEqual(all);
        // A text may be stored at the moment of a kill, and be told by nobody any more.
        expect(has?.told).toEqual([...new Set(has?.told)]);
        expect(has?.states).toEqual(all.map(() => 'delivered'));
      }
    },
  );
});
