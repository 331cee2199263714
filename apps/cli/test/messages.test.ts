import type { CloseReason, Message, MessageState } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import { formatMessage } from '../src/chat/message-lines.js';
import { layOut } from '../src/chat/paragraph.js';
import { describeEnd, isDeliberate } from '../src/chat/session-notices.js';
import { formatSafetyNumber } from '../src/contact/safety-number.js';
import { PLAIN } from '../src/terminal/style.js';
import { formatMoment } from '../src/terminal/times.js';

const at = new Date(2026, 6, 27, 9, 12).getTime();

function shown(message: Partial<Message>, isToNamed = false): string[] {
  const full: Message = {
    id: 'm',
    contact: 'gravy1ada',
    direction: 'in',
    at,
    text: 'hello',
    state: 'delivered',
    ...message,
  };
  const options = { name: 'Ada\u001b[2J', style: PLAIN, nowMs: at, isToNamed };
  return layOut(formatMessage(full, options), undefined);
}

describe('formatMessage', () => {
  it('says who, when and what, with everything escaped', () => {
    expect(shown({ text: '\u001b]0;x\u0007' })).toEqual([
      '09:12  Ada<U+001B>[2J: <U+001B>]0;x<U+0007>',
    ]);
  });

  it('shows when a text came, not when its sender says it was written', () => {
    expect(shown({ at: 0, receivedAt: at })[0]).toMatch(/^09:12 /u);
  });

  it.each<[MessageState, string]>([
    ['queued', '09:12  you: hello  (waiting)'],
    ['sent', '09:12  you: hello'],
    ['delivered', '09:12  you: hello  (delivered)'],
    ['read', '09:12  you: hello  (read)'],
    ['failed', '09:12  you: hello  (failed)'],
    ['cancelled', '09:12  you: hello  (cancelled)'],
  ])('says of an own text that is %s', (state, line) => {
    expect(shown({ direction: 'out', state })).toEqual([line]);
  });

  it('names whom an own text went to, where there are several', () => {
    expect(shown({ direction: 'out', state: 'sent' }, true)).toEqual([
      '09:12  you to Ada<U+001B>[2J: hello',
    ]);
  });
});

describe('formatMoment', () => {
  it('leaves the date out for today', () => {
    expect(formatMoment(at, at + 60_000)).toBe('09:12');
    expect(formatMoment(at, at + 86_400_000)).toBe('2026-07-27 09:12');
  });
});

describe('formatSafetyNumber', () => {
  it('has four groups in a row', () => {
    const groups = Array.from({ length: 12 }, (_group, index) => String(10_000 + index));
    const rows = formatSafetyNumber(groups.join(' '));
    expect(rows).toHaveLength(3);
    expect(rows[0]?.trim()).toBe('10000  10001  10002  10003');
  });
});

describe('describeEnd', () => {
  const reasons: CloseReason[] = [
    'exit',
    'kicked',
    'peer_exit',
    'lost',
    'protocol_error',
    'superseded',
    'shutdown',
    'session_age',
    'rekey_timeout',
    'not_a_contact',
  ];
  it.each(reasons)('has a sentence for %s', (reason) => {
    expect(describeEnd('ada', 'guest', reason)).toMatch(/ada.*\.$/u);
  });
  it('says who kicked whom', () => {
    expect(describeEnd('ada', 'host', 'kicked')).toBe('You ended the session of ada.');
    expect(describeEnd('ada', 'guest', 'kicked')).toBe('ada ended your session.');
  });
  it('tells an end that was meant from one that was not', () => {
    expect(reasons.filter(isDeliberate)).toEqual(['exit', 'kicked', 'peer_exit', 'shutdown']);
  });
});
