import { describe, expect, it } from 'vitest';
import { keyPresses } from '../../src/tui/state/key.js';
import { NO_KEY } from './no-key.js';

describe('key presses', () => {
  it('are taken apart where several arrive at once', () => {
    expect(keyPresses('name\rpass\t', NO_KEY)).toEqual([
      { kind: 'text', text: 'name' },
      { kind: 'enter' },
      { kind: 'text', text: 'pass' },
      { kind: 'tab' },
    ]);
  });

  it('find Ctrl-C inside of typed text', () => {
    expect(keyPresses('abc\u0003', NO_KEY)).toEqual([
      { kind: 'text', text: 'abc' },
      { kind: 'ctrl', letter: 'c' },
    ]);
    expect(keyPresses('c', { ...NO_KEY, ctrl: true })).toEqual([{ kind: 'ctrl', letter: 'c' }]);
  });

  it('know Shift-Tab, and leave out releases and Alt', () => {
    expect(keyPresses('', { ...NO_KEY, tab: true, shift: true })).toEqual([{ kind: 'backtab' }]);
    expect(keyPresses('a', { ...NO_KEY, eventType: 'release' })).toEqual([]);
    expect(keyPresses('a', { ...NO_KEY, meta: true })).toEqual([]);
  });
});
