import type { GravyClient, Message, MessageState } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import { Outgoing } from '../src/chat/outgoing.js';
import type { Paragraph } from '../src/chat/paragraph.js';
import type { Screen } from '../src/chat/screen.js';

interface Bench {
  outgoing: Outgoing;
  /** Answers the oldest call of message.send. */
  answer: (state: MessageState) => Promise<void>;
  shown: string[];
  told: string[];
  isLast: boolean;
}

function format({ text = '', state }: Message): Paragraph {
  return { lead: '', text: `${text} ${state}` };
}

/** Follows one text at a time, `m1`; the core's side of it is played by hand, since order is the point. */
function bench(): Bench {
  const answers: ((result: { id: string; at: number; state: MessageState }) => void)[] = [];
  const client: Pick<GravyClient, 'call'> = {
    call: () => new Promise((resolve) => answers.push(resolve as never)),
  };
  const screen: Pick<Screen, 'print' | 'amend'> = {
    print: (paragraph) => {
      result.shown.push(paragraph.text);
      return { paragraph };
    },
    amend: (_printed, paragraph) => {
      if (result.isLast) result.shown.push(paragraph.text);
      return result.isLast;
    },
  };
  const result: Bench = {
    outgoing: new Outgoing({
      gravy: client as GravyClient,
      screen: screen as Screen,
      format,
      tell: ({ state }) => result.told.push(state),
    }),
    answer: async (state) => {
      answers.shift()?.({ id: 'm1', at: 0, state });
      await new Promise((resolve) => setImmediate(resolve));
    },
    shown: [],
    told: [],
    isLast: true,
  };
  return result;
}

describe('Outgoing', () => {
  it('shows a text once it is stored, and then that it was delivered', async () => {
    const { outgoing, answer, shown, told } = bench();
    const sending = outgoing.send('ada', 'hi');
    expect(shown).toEqual([]);
    await answer('sent');
    await sending;
    outgoing.stateChanged('m1', 'sent');
    expect(outgoing.count()).toBe(1);
    expect(outgoing.count('ben')).toBe(0);
    outgoing.stateChanged('m1', 'delivered');
    expect(shown).toEqual(['hi sent', 'hi delivered']);
    expect(told).toEqual([]);
    expect(outgoing.count()).toBe(0);
  });

  it('heeds a delivery that was told before the call was answered', async () => {
    const { outgoing, answer, shown } = bench();
    const sending = outgoing.send('ada', 'hi');
    outgoing.stateChanged('m1', 'delivered');
    await answer('sent');
    await sending;
    expect(shown).toEqual(['hi delivered']);
    expect(outgoing.count()).toBe(0);
  });

  it('tells of a text that was said to wait, when it cannot be amended any more', async () => {
    const play = bench();
    const sending = play.outgoing.send('ada', 'hi');
    await play.answer('queued');
    await sending;
    play.isLast = false;
    play.outgoing.stateChanged('m1', 'delivered');
    expect(play.told).toEqual(['delivered']);
  });

  it('shows that the newest text was read, or tells of it', async () => {
    const play = bench();
    const sending = play.outgoing.send('ada', 'hi');
    await play.answer('sent');
    await sending;
    play.outgoing.stateChanged('m1', 'delivered');
    play.outgoing.stateChanged('m1', 'read');
    expect(play.shown.at(-1)).toBe('hi read');
    play.outgoing.stateChanged('m1', 'read');
    expect(play.told).toEqual([]);
    const again = play.outgoing.send('ada', 'once more');
    await play.answer('delivered');
    await again;
    play.isLast = false;
    play.outgoing.stateChanged('m1', 'read');
    expect(play.told).toEqual(['read']);
  });

  it('says nothing of an older one that was read', async () => {
    const play = bench();
    const sending = play.outgoing.send('ada', 'hi');
    await play.answer('delivered');
    await sending;
    void play.outgoing.send('ada', 'newer');
    await play.answer('sent');
    play.isLast = false;
    play.outgoing.stateChanged('m0', 'read');
    expect(play.told).toEqual([]);
  });

  it('always tells of a failure', async () => {
    const play = bench();
    const sending = play.outgoing.send('ada', 'hi');
    await play.answer('sent');
    await sending;
    play.isLast = false;
    play.outgoing.stateChanged('m1', 'failed');
    expect(play.told).toEqual(['failed']);
  });

  it('settles when the last text is confirmed, or when the time is over', async () => {
    const { outgoing, answer } = bench();
    await outgoing.settle(60_000);
    const sending = outgoing.send('ada', 'hi');
    await answer('sent');
    await sending;
    await outgoing.settle(1);
    expect(outgoing.count()).toBe(1);
    const settled = outgoing.settle(60_000);
    outgoing.stateChanged('m1', 'delivered');
    await settled;
  });
});
