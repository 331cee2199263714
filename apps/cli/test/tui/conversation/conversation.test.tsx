import type { Contact, Message } from '@gravy/messenger';
import { MessengerError } from '@gravy/messenger';
import { afterEach, describe, expect, it } from 'vitest';
import { ADA, contactNamed, message, ScriptedClient } from './scripted-client.js';
import { KEYS, pasted, ShownConversation } from './shown-conversation.js';

let shown: ShownConversation | undefined;

afterEach(async () => {
  await shown?.close();
});

function show(client: ScriptedClient, contact?: Contact): ShownConversation {
  shown = new ShownConversation(client, contact === undefined ? {} : { contact });
  return shown;
}

function messages(count: number): Message[] {
  return Array.from({ length: count }, (_, index) => message(index));
}

/** A core that takes every text. */
function takingAll(stored: readonly Message[] = []): ScriptedClient {
  let sent = 0;
  const at = message(60).at;
  return new ScriptedClient(stored, {
    'message.send': () => ({ id: `sent${++sent}`, at, state: 'queued' as const }),
  });
}

describe('a conversation', () => {
  it('shows whom one talks to, what was said, and a field', async () => {
    const terminal = show(new ScriptedClient(messages(4)));
    await terminal.shows('message number 3');
    expect(terminal.screen).toMatchInlineSnapshot(`
      " Ada                                           not verified
       offline: messages will be sent when you are both online






      ───────────────── Monday, 8 January 2024 ──────────────────
       Ada
       09:00  message number 0
       you
       09:01  message number 1                        + delivered
       Ada
       09:02  message number 2
       you
       09:03  message number 3                        + delivered
      ─ Message ────────────────────────────────────────────────
      >
       Send   Attach file   Exit session   Kick   Search"
    `);
    expect(terminal.cursor).toEqual({ x: 2, y: 18 });
  });

  it('says what to do where nothing was said yet', async () => {
    const terminal = show(new ScriptedClient([]));
    await terminal.shows('No messages yet.');
  });

  it('sends at Enter, follows the state of what was sent, and has it at hand again', async () => {
    const client = takingAll();
    const terminal = show(client);
    await terminal.shows('No messages yet.');
    terminal.press('hello');
    await terminal.shows('> hello');
    terminal.press(KEYS.altEnter);
    terminal.press('wor');
    terminal.press(KEYS.ctrlJ);
    terminal.press('ld');
    await terminal.shows(/> hello\n {2}wor\n {2}ld/u);
    expect(terminal.cursor).toEqual({ x: 4, y: 18 });
    terminal.press(KEYS.enter);
    await terminal.shows('~ waiting');
    expect(client.callsOf('message.send')).toEqual([{ contact: ADA, text: 'hello\nwor\nld' }]);
    client.emit({
      method: 'message.state',
      params: { id: 'sent1', contact: ADA, state: 'delivered' },
    });
    await terminal.shows('+ delivered');
    terminal.press(KEYS.up);
    await terminal.shows(/> hello\n {2}wor\n {2}ld/u);
  });

  it('takes a line that was typed with its Enter at once, and no unmarked paste for one', async () => {
    const client = takingAll();
    const terminal = show(client);
    await terminal.shows('No messages yet.');
    terminal.press('one line\r');
    await terminal.shows('~ waiting');
    terminal.press('first\rsecond\r');
    await terminal.shows(/> first\n {2}second/u);
    expect(client.callsOf('message.send')).toHaveLength(1);
  });

  it('keeps a text that could not be sent, and what was typed meanwhile', async () => {
    const answer = Promise.withResolvers<never>();
    const client = new ScriptedClient([], { 'message.send': () => answer.promise });
    const terminal = show(client);
    await terminal.shows('No messages yet.');
    terminal.press('lost?');
    await terminal.shows('> lost?');
    terminal.press(KEYS.enter);
    await terminal.shows((screen) => !screen.includes('lost?'));
    terminal.press('next');
    await terminal.shows('> next');
    answer.reject(new MessengerError('disk_full', 'The disk is full. Make room, and try again.'));
    await terminal.shows(/> lost\?\n {2}next/u);
    expect(terminal.screen).toContain('!! The disk is full. Make room, and try again.');
  });

  it('folds a paste of a megabyte, does not send it by itself, and says why it cannot be sent', async () => {
    const client = takingAll();
    const terminal = show(client);
    await terminal.shows('No messages yet.');
    const text = `${'x'.repeat(82)}\n`.repeat(12_000);
    // As a terminal hands it over, piece by piece.
    const bytes = pasted(text);
    for (let at = 0; at < bytes.length; at += 4_096) terminal.press(bytes.slice(at, at + 4_096));
    await terminal.shows('[pasted 996 kB, 12,001 lines]');
    expect(client.callsOf('message.send')).toEqual([]);
    terminal.press(KEYS.enter);
    await terminal.shows('!! This text has 996 kB, and a message at most 65,536');
    expect(terminal.screen).toContain('> [pasted 996 kB, 12,001 lines]');
    expect(client.callsOf('message.send')).toEqual([]);
  });

  it('keeps its place when messages come while one reads above, and counts them', async () => {
    const client = new ScriptedClient(messages(300));
    const terminal = show(client);
    await terminal.shows('message number 299');
    terminal.press(KEYS.pageUp);
    const before = (await terminal.shows('older messages')).split('\n').slice(0, 16);
    for (const index of [300, 302, 304]) {
      client.emit({ method: 'message.received', params: { message: message(index) } });
    }
    await terminal.shows('3 new below');
    expect(terminal.rows.slice(0, 16)).toEqual(before);
    terminal.press(KEYS.ctrlEnd);
    await terminal.shows('message number 304');
  });

  it('reads older pages as one scrolls up, to the first message', async () => {
    const client = new ScriptedClient(messages(260));
    const terminal = show(client);
    await terminal.shows('message number 259');
    for (let times = 0; times < 4; times += 1) {
      const { length } = client.callsOf('message.history');
      terminal.press(KEYS.ctrlHome);
      await terminal.shows(
        (screen) =>
          screen.includes('message number 0') || client.callsOf('message.history').length > length,
      );
    }
    terminal.press(KEYS.ctrlHome);
    await terminal.shows(/Monday, 8 January 2024.*\n Ada\n.*message number 0\n/u);
    expect(client.callsOf('message.history').length).toBe(3);
  });

  it('marks what was not read yet, and says so to the core when it was seen', async () => {
    const client = new ScriptedClient(messages(5));
    const terminal = show(client, contactNamed('Ada', { unread: 1 }));
    await terminal.shows(/─ new ─.*\n Ada\n.*message number 4/u);
    expect(client.callsOf('message.markRead')).toEqual([{ contact: ADA, upTo: 'm4' }]);
  });

  it('says how the line is: connected, lost and tried again, given up', async () => {
    const session = { id: 's', contact: ADA, role: 'host', openedAt: 0, remote: '', tunnel: true };
    let sessions: unknown[] = [session];
    const client = new ScriptedClient(messages(1), { 'session.list': () => sessions });
    const terminal = show(client);
    await terminal.shows('connected through the tunnel');
    sessions = [];
    const params = { session: 's', contact: ADA, role: 'host' } as const;
    client.emit({
      method: 'session.closed',
      params: { ...params, reason: 'lost', willReconnect: true },
    });
    await terminal.shows('-- The connection to Ada was lost.');
    client.emit({
      method: 'session.retrying',
      params: { contact: ADA, attempt: 2, at: Date.now() + 60_000, message: 'Nobody answered.' },
    });
    await terminal.shows(/reconnecting in \d+ s \(Nobody answered\.\)/u);
    client.emit({
      method: 'session.gaveUp',
      params: { contact: ADA, code: 'unreachable', message: 'Ask them for the new URL.' },
    });
    await terminal.shows('!! No more attempts to reach Ada. Ask them for the');
    expect(terminal.screen).toContain('offline: messages will be sent when you are both online');
  });

  it('shows help that can be scrolled where it is higher than the window', async () => {
    const terminal = show(new ScriptedClient(messages(2)));
    await terminal.shows('message number 1');
    terminal.press('/help');
    await terminal.shows('> /help');
    terminal.press(KEYS.enter);
    await terminal.shows('more: Down, Page Down');
    terminal.press(KEYS.pageDown);
    await terminal.shows('this list');
    terminal.press(KEYS.escape);
    await terminal.shows('message number 1');
  });

  it('leaves at Tab behind its last part, and at Esc', async () => {
    const terminal = show(new ScriptedClient(messages(2)));
    await terminal.shows('message number 1');
    terminal.press(KEYS.tab);
    await terminal.shows('[Send]');
    terminal.press(KEYS.tab);
    await terminal.shows('>09:01');
    expect(terminal.left).toBe(0);
    terminal.press(KEYS.tab);
    await terminal.shows((screen) => !screen.includes('>09:01'));
    expect(terminal.left).toBe(1);
  });
});
