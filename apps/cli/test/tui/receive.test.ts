import type { GravyEvent, Message } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import { Notifier } from '../../src/tui/effects/notifier.js';
import { NO_DATA } from '../../src/tui/state/data.js';
import { receive } from '../../src/tui/state/receive.js';
import { initialState, openStage, type State } from '../../src/tui/state/state.js';
import { BEN } from './open-state.js';

const OPEN: State = {
  ...initialState({ columns: 80, rows: 24 }),
  stage: {
    ...openStage({ name: 'ada', id: 'gravy1ada' }, { isElsewhere: false }),
    data: {
      ...NO_DATA,
      contacts: [BEN],
      files: [
        {
          id: 'f',
          contact: 'gravy1ben',
          direction: 'in',
          name: 'a',
          size: 100,
          bytes: 0,
          state: 'offered',
          folder: false,
        },
      ],
    },
  },
};
const MESSAGE: Message = {
  id: 'm',
  contact: 'gravy1ben',
  direction: 'in',
  at: 0,
  text: 'something secret',
  state: 'delivered',
};

describe('an event', () => {
  it('of a message asks for the contacts anew, and says from whom, not what', () => {
    const { effects } = receive(OPEN, { method: 'message.received', params: { message: MESSAGE } });
    expect(effects).toEqual([
      { kind: 'load', parts: ['contacts'] },
      { kind: 'notify', text: 'Message from Ben' },
    ]);
  });

  it('of progress moves a file on without asking for anything', () => {
    const event: GravyEvent = {
      method: 'file.progress',
      params: { id: 'f', bytes: 50, size: 100, bytesPerSecond: 25 },
    };
    const { state, effects } = receive(OPEN, event);
    expect(effects).toEqual([]);
    expect(state.stage).toMatchObject({
      data: { files: [{ bytes: 50, state: 'transferring' }], rates: { f: 25 } },
    });
  });

  it('of the account being closed elsewhere leaves nothing of it on the screen', () => {
    const event: GravyEvent = {
      method: 'account.closed',
      params: { name: 'ada', reason: 'owner_ended' },
    };
    const { state } = receive({ ...OPEN, fields: { x: { text: 'draft', cursor: 0 } } }, event);
    expect(state.stage.kind).toBe('start');
    expect(state.fields).toEqual({});
  });

  it('is nobody’s while no account is open', () => {
    const start = initialState({ columns: 80, rows: 24 });
    const event: GravyEvent = { method: 'message.received', params: { message: MESSAGE } };
    expect(receive(start, event)).toEqual({ state: start, effects: [] });
  });
});

describe('a notification', () => {
  const written = (by: 'none' | 'bell' | 'desktop', times: readonly number[]): string => {
    let text = '';
    const notifier = new Notifier(by, (sequence) => (text += sequence));
    for (const atMs of times) notifier.notify('Message from \u001b]0;x\u0007', atMs);
    return text;
  };

  it('is opt-in', () => {
    expect(written('none', [0])).toBe('');
    expect(written('bell', [0])).toBe('\u0007');
  });

  it('holds no escape sequence of a name', () => {
    expect(written('desktop', [0])).toBe('\u001b]9;Message from <U+001B>]0;x<U+0007>\u0007');
  });

  it('comes once for many messages', () => {
    expect(written('bell', [0, 10, 1_999, 2_000])).toBe('\u0007\u0007');
  });
});
