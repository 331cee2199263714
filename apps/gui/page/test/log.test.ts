import type { Message } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import {
  type Log,
  withMessage,
  withNewest,
  withOlder,
  withRead,
  withState,
} from '../conversation/log.js';
import { rowsOf } from '../conversation/rows.js';

const MINUTE_MS = 60_000;

function message(number: number, rest: Partial<Message> = {}): Message {
  return {
    id: `m${number}`,
    contact: 'gravy1x',
    direction: 'in',
    at: number * MINUTE_MS,
    text: `number ${number}`,
    state: 'delivered',
    ...rest,
  };
}

function logOf(from: number, to: number, more = true): Log {
  return {
    messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
    more,
  };
}

const idsOf = (log: Log): string[] => log.messages.map(({ id }) => id);

describe('a log', () => {
  it('grows at both ends, without repeats', () => {
    expect(idsOf(withOlder(logOf(3, 5), logOf(1, 3, false)))).toEqual([
      'm1',
      'm2',
      'm3',
      'm4',
      'm5',
    ]);
    expect(withOlder(logOf(3, 5), logOf(1, 2, false)).more).toBe(false);
    const log = withMessage(logOf(1, 2), message(3));
    expect(idsOf(log)).toEqual(['m1', 'm2', 'm3']);
    expect(withMessage(log, message(3))).toBe(log);
  });

  it('takes the newest page for what it is, and keeps what is older', () => {
    const page = {
      ...logOf(4, 7),
      messages: [message(4, { state: 'read' }), ...logOf(5, 7).messages],
    };
    const log = withNewest(logOf(1, 5, false), page);
    expect(idsOf(log)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']);
    expect(log.messages[3]?.state).toBe('read');
    expect(log.more).toBe(false);
  });

  it('starts anew when so much was missed that there is a gap', () => {
    expect(withNewest(logOf(1, 3, false), logOf(9, 12))).toEqual(logOf(9, 12));
    expect(withNewest(logOf(1, 3), { messages: [], more: false })).toEqual({
      messages: [],
      more: false,
    });
  });

  it('changes one state, and says when the message is not there', () => {
    expect(withState(logOf(1, 3), 'm2', 'read')?.messages[1]?.state).toBe('read');
    expect(withState(logOf(1, 3), 'm9', 'read')).toBeUndefined();
  });

  it('counts what came in as read up to a message, and nothing that was sent', () => {
    const log = {
      messages: [message(1), message(2, { direction: 'out' }), message(3), message(4)],
      more: false,
    };
    expect(withRead(log, 'm3').messages.map(({ state }) => state)).toEqual([
      'read',
      'delivered',
      'read',
      'delivered',
    ]);
  });
});

describe('rows', () => {
  it('begin each local day, mark what is new, and spare repeated heads', () => {
    const day = (hours: number): number => new Date(2026, 10, 25, hours).getTime();
    const messages = [
      message(1, { at: day(-1) }),
      message(2, { at: day(1) }),
      message(3, { at: day(1) + MINUTE_MS }),
      message(4, { at: day(2) }),
      message(5, { at: day(2) + MINUTE_MS, direction: 'out' }),
      message(6, { at: day(2) + MINUTE_MS, direction: 'out', replyTo: 'm1' }),
    ];
    const rows = rowsOf(messages, 'm4').map((row) =>
      row.kind === 'message' ? `${row.message.id}${row.isContinued ? ' continued' : ''}` : row.kind,
    );
    expect(rows).toEqual(['day', 'm1', 'day', 'm2', 'm3 continued', 'new', 'm4', 'm5', 'm6']);
  });
});
