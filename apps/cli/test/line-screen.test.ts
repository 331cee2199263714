import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LineScreen } from '../src/chat/line-screen.js';
import { fakeTerminal } from './screen-model.js';

function open(columns: number): ReturnType<typeof fakeTerminal> & {
  screen: LineScreen;
  lines: string[];
  interrupts: () => number;
  ended: Promise<void>;
} {
  const fake = fakeTerminal(columns);
  let interrupts = 0;
  const screen = new LineScreen(fake.terminal, () => {
    interrupts += 1;
  });
  const lines: string[] = [];
  screen.setPrompt('ada> ');
  const ended = screen.readLines(async (line) => {
    lines.push(line);
  });
  return { ...fake, screen, lines, interrupts: () => interrupts, ended };
}

describe('LineScreen', () => {
  // It is used on terminals that can draw; node:readline looks at this variable by itself.
  beforeEach(() => void vi.stubEnv('TERM', 'xterm'));
  afterEach(() => void vi.unstubAllEnvs());

  it('keeps the line being typed below what comes in', async () => {
    const { screen, model, type } = open(40);
    await type('half a sent');
    expect(screen.isTyping).toBe(true);
    screen.print({ lead: '09:12  ben: ', text: 'hello' });
    expect(model.rows).toEqual(['09:12  ben: hello', 'ada> half a sent']);
    await type('ence');
    expect(model.rows).toEqual(['09:12  ben: hello', 'ada> half a sentence']);
  });

  it('does so for a line of several rows, with the cursor anywhere in it', async () => {
    const { screen, model, type } = open(24);
    await type('a line that needs three rows of this screen');
    await type('\u001b[D\u001b[D\u001b[D');
    screen.print({ lead: '', text: 'one' });
    screen.print({ lead: '', text: 'two' });
    await type('X');
    expect(model.rows).toEqual([
      'one',
      'two',
      'ada> a line that needs t',
      'hree rows of this scrXee',
      'n',
    ]);
  });

  it('takes the finished line away: what became of it is printed instead', async () => {
    const { screen, model, type, lines } = open(24);
    screen.print({ lead: '', text: 'before' });
    await type('a line that needs two rows\r');
    expect(lines).toEqual(['a line that needs two rows']);
    expect(model.rows).toEqual(['before', 'ada>']);
    screen.print({ lead: '', text: 'after' });
    expect(model.rows).toEqual(['before', 'after', 'ada>']);
  });

  it('amends what stands above the prompt, and nothing that has moved up', async () => {
    const { screen, model, type } = open(40);
    await type('typing');
    const first = screen.print({ lead: 'you: ', text: 'hi' });
    expect(screen.amend(first, { lead: 'you: ', text: 'hi', tail: '(delivered)' })).toBe(true);
    expect(model.rows).toEqual(['you: hi  (delivered)', 'ada> typing']);
    screen.print({ lead: 'ben: ', text: 'hello' });
    expect(screen.amend(first, { lead: 'you: ', text: 'other' })).toBe(false);
    expect(model.rows).toEqual(['you: hi  (delivered)', 'ben: hello', 'ada> typing']);
  });

  it('changes the prompt under a line being typed', async () => {
    const { screen, model, type } = open(40);
    await type('typing');
    screen.setPrompt('ada (offline)> ');
    expect(model.rows).toEqual(['ada (offline)> typing']);
  });

  it('tells that a text is being typed, but not that a command is', async () => {
    const { screen, type } = open(40);
    let keys = 0;
    screen.onTyping = () => {
      keys += 1;
    };
    await type('/to');
    expect(keys).toBe(0);
    await type('\u0015hi');
    expect(keys).toBe(2);
    await type('\r');
    expect(keys).toBe(2);
  });

  it('tells of Ctrl-C, and ends at Ctrl-D', async () => {
    const { type, interrupts, ended, lines } = open(40);
    await type('\u0003');
    expect(interrupts()).toBe(1);
    await type('last\r');
    await type('\u0004');
    await ended;
    expect(lines).toEqual(['last']);
  });

  it('leaves no prompt behind when it is closed', async () => {
    const { screen, model, type } = open(40);
    screen.print({ lead: '', text: 'bye' });
    await type('unfinished');
    screen.close();
    expect(model.rows).toEqual(['bye']);
  });
});
