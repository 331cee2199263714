import type { Contact } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import {
  type ChatState,
  choosePartner,
  EMPTY_CHAT,
  findContact,
  nameOf,
  recipientOf,
  withContacts,
  withSessionEvent,
  withTyping,
} from '../src/chat/chat-state.js';
import { promptFor } from '../src/chat/prompt.js';

function contact(id: string, name: string): Contact {
  const flags = { named: true, verified: false, blocked: false, online: false };
  return { id, name, ...flags, addresses: [], unread: 0 };
}

function opened(state: ChatState, name: string, isTyping = false): ChatState {
  const params = { session: `s-${name}`, contact: name, role: 'host' } as const;
  return withSessionEvent(state, { method: 'session.opened', params }, isTyping);
}

function closed(state: ChatState, name: string, isTyping = false): ChatState {
  const params = {
    session: `s-${name}`,
    contact: name,
    role: 'host',
    reason: 'lost',
    willReconnect: false,
  } as const;
  return withSessionEvent(state, { method: 'session.closed', params }, isTyping);
}

describe('whom a line goes to', () => {
  it('is nobody at first, and then the only one connected', () => {
    expect(recipientOf(EMPTY_CHAT)).toEqual({ kind: 'nobody' });
    expect(recipientOf(opened(EMPTY_CHAT, 'ada'))).toEqual({ kind: 'contact', contact: 'ada' });
  });

  it('stays the same when others connect', () => {
    const state = opened(opened(EMPTY_CHAT, 'ada'), 'ben');
    expect(recipientOf(state)).toEqual({ kind: 'contact', contact: 'ada' });
  });

  it('moves on when the one who was followed has left', () => {
    const state = closed(opened(opened(EMPTY_CHAT, 'ada'), 'ben'), 'ada');
    expect(recipientOf(state)).toEqual({ kind: 'contact', contact: 'ben' });
  });

  it('does not move on under a line that is being typed', () => {
    const typing = closed(opened(opened(EMPTY_CHAT, 'ada'), 'ben'), 'ada', true);
    expect(typing.partner).toEqual({ kind: 'followed', contact: 'ada' });
    expect(recipientOf(typing)).toEqual({ kind: 'several', contacts: ['ben'] });
  });

  it('is not guessed among several', () => {
    const three = opened(opened(opened(EMPTY_CHAT, 'ada'), 'ben'), 'carol');
    expect(recipientOf(closed(three, 'ada'))).toEqual({
      kind: 'several',
      contacts: ['ben', 'carol'],
    });
  });

  it('stays the one that was chosen, even offline', () => {
    const state = closed(choosePartner(opened(EMPTY_CHAT, 'ada'), 'ada'), 'ada');
    expect(recipientOf(state)).toEqual({ kind: 'contact', contact: 'ada' });
    expect(recipientOf(opened(state, 'ben'))).toEqual({ kind: 'contact', contact: 'ada' });
  });
});

describe('findContact', () => {
  const state = withContacts(EMPTY_CHAT, [
    contact('gravy1a', 'Ada'),
    contact('gravy1b', 'Adam'),
    contact('gravy1c', 'Ben at work'),
  ]);

  it.each([
    ['Ada', 'gravy1a'],
    ['ada', 'gravy1a'],
    ['ben', 'gravy1c'],
    ['gravy1b', 'gravy1b'],
  ])('%s', (text, id) => {
    expect(findContact(state, text)?.id).toBe(id);
  });

  it.each(['', 'ad', 'carol'])('does not guess at "%s"', (text) => {
    expect(findContact(state, text)).toBeUndefined();
  });

  it('gives unknown ids their short form', () => {
    expect(nameOf(state, 'gravy1c')).toBe('Ben at work');
    expect(nameOf(state, `gravy1${'q'.repeat(58)}`)).toBe('gravy1qqqqqq...qqqqqq');
  });
});

describe('promptFor', () => {
  it('says whom the line goes to, and whether they are there', () => {
    expect(promptFor(EMPTY_CHAT)).toBe('> ');
    const online = opened(EMPTY_CHAT, 'ada');
    expect(promptFor(online)).toBe('ada> ');
    expect(promptFor(closed(online, 'ada'))).toBe('ada (offline)> ');
    const typing = withTyping(withTyping(online, 'ada', true), 'ben', true);
    expect(promptFor(typing)).toBe('ada (typing)> ');
    expect(promptFor(withTyping(typing, 'ada', false))).toBe('ada> ');
  });
  it('shortens long names and escapes what is in them', () => {
    const name = `\u202e${'x'.repeat(60)}`;
    const state = withContacts(opened(EMPTY_CHAT, 'gravy1a'), [contact('gravy1a', name)]);
    expect(promptFor(state)).toBe('<U+202E>xxxxxxxxxxxxx...> ');
  });
});
