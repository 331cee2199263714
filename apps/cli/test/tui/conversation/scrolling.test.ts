import { describe, expect, it } from 'vitest';
import type { Message } from '@gravy/messenger';
import { MAX_LOADED } from '../../../src/tui/conversation/log/log.js';
import { DrawnConversation } from './drawn-conversation.js';
import { ADA, message, ScriptedClient } from './scripted-client.js';

const COUNT = 10_000;
const HEIGHT = 20;

describe('ten thousand messages', () => {
  it('are drawn at the cost of those that are seen, on every frame', async () => {
    const messages = Array.from({ length: COUNT }, (_, index) => message(index));
    const client = new ScriptedClient(messages);
    const drawn = await new DrawnConversation(client).start();
    const { screen } = drawn;
    expect(await screen.dialogue.pages.readBackTo('m0')).toBe(true);
    expect(screen.dialogue.state.log.entries).toHaveLength(COUNT);
    const laidOut = screen.window.layouts;
    expect(laidOut, 'reading lays nothing out').toBeLessThan(3 * HEIGHT);

    let worst = 0;
    for (let page = 0; page < 100; page += 1) {
      const before = screen.window.layouts;
      screen.scrollBy(-screen.window.height);
      expect(drawn.draw().rows).toHaveLength(HEIGHT);
      worst = Math.max(worst, screen.window.layouts - before);
    }
    expect(worst).toBeLessThanOrEqual(3 * HEIGHT);

    const before = screen.window.layouts;
    for (let page = 0; page < 100; page += 1) {
      screen.scrollBy(screen.window.height);
      drawn.draw();
    }
    expect(screen.window.layouts, 'what was laid out once is not laid out again').toBe(before);

    // At the end, what was long ago is given up.
    expect(screen.dialogue.state.log.entries.length).toBeLessThanOrEqual(MAX_LOADED);
    await screen.dialogue.pages.readBackTo('m0');
    screen.scrollToStart();
    const [, , , sender, first] = drawn.draw().rows;
    expect([sender, first]).toEqual([' Ada', ' 09:00  message number 0']);
  });

  it('do not make a new one costly', async () => {
    const messages = Array.from({ length: COUNT }, (_, index) => message(index));
    const client = new ScriptedClient(messages);
    const drawn = await new DrawnConversation(client).start();
    await drawn.screen.dialogue.pages.readBackTo('m0');
    const before = drawn.screen.window.layouts;
    client.emit({ method: 'message.received', params: { message: message(COUNT) } });
    expect(drawn.text).toContain(`message number ${COUNT}`);
    client.emit({
      method: 'message.state',
      params: { id: `m${COUNT - 1}`, contact: ADA, state: 'read' },
    });
    expect(drawn.text).toContain('= read');
    // The new one; the changed one, and the one after it.
    expect(drawn.screen.window.layouts - before).toBeLessThanOrEqual(3);
  });

  it('that come one after the other cost no more at the end than at the beginning', async () => {
    const client = new ScriptedClient([message(0)]);
    const drawn = await new DrawnConversation(client).start();
    let looks = 0;
    const counted = (index: number): Message => {
      const { id, ...rest } = message(index);
      return {
        ...rest,
        get id() {
          looks += 1;
          return id;
        },
      };
    };
    for (let index = 1; index <= COUNT; index += 1) {
      client.emit({ method: 'message.received', params: { message: counted(index) } });
      if (index % 100 === 0) drawn.draw();
    }
    // Some for each that comes, and one for each that is kept when older ones are given up.
    expect(looks).toBeLessThan(10 * COUNT);
    const { log } = drawn.screen.dialogue.state;
    expect(log.entries.length).toBeLessThanOrEqual(MAX_LOADED);
    expect(log.more).toBe(true);
    expect(drawn.text).toContain(`message number ${COUNT}`);
  });

  it('are there again when one goes back to them', async () => {
    const messages = Array.from({ length: COUNT }, (_, index) => message(index));
    const client = new ScriptedClient(messages);
    const drawn = await new DrawnConversation(client).start();
    await drawn.screen.dialogue.pages.readBackTo('m10');
    drawn.draw();
    const { dialogue } = drawn.screen;
    expect(dialogue.state.log.entries).toHaveLength(2_000);
    // Drawn in between, at the end: the way back does not begin anew.
    const arriving = drawn.screen.goTo('m10');
    const drawing = setInterval(() => drawn.draw());
    await arriving;
    clearInterval(drawing);
    expect(drawn.text).toContain('message number 10');
    expect(dialogue.state.log.entries.length).toBeGreaterThan(MAX_LOADED);
  });

  it('in one message are cut, until they are asked for', async () => {
    const wall = message(1, { text: 'x\n'.repeat(30_000), direction: 'in' });
    const client = new ScriptedClient([message(0), wall, message(2)]);
    const drawn = await new DrawnConversation(client).start();
    expect(drawn.text).toContain('[29,901 more lines: o Open]');
    drawn.screen.update({ opened: 'm1' });
    expect(drawn.text).not.toContain('more lines');
  });
});
