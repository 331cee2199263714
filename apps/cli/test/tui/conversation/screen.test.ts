import type { FileInfo, Message } from '@gravy/messenger';
import { assert, asyncProperty } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../../hostile-text.js';
import { insert, textOf, writingOf } from '../../../src/tui/conversation/composer/writing.js';
import { press } from '../../../src/tui/conversation/screen/press.js';
import { submit } from '../../../src/tui/conversation/screen/submit.js';
import { DrawnConversation } from './drawn-conversation.js';
import { ADA, contactNamed, message, ScriptedClient } from './scripted-client.js';
import { NO_KEY } from '../no-key.js';

function fileMessage(more: Partial<FileInfo>): Message {
  const file: FileInfo = {
    id: 'f',
    contact: ADA,
    direction: 'in',
    name: 'report.pdf',
    size: 4_200_000,
    bytes: 0,
    state: 'offered',
    folder: false,
    ...more,
  };
  const { text: _none, ...rest } = message(0, { id: 'f' });
  return { ...rest, file };
}

async function type(drawn: DrawnConversation, line: string): Promise<void> {
  drawn.screen.write(writingOf(line));
  await drawn.screen.attempt(() => submit(drawn.screen));
}

describe('a file in a conversation', () => {
  it('is offered, accepted by a command, comes with rate and time left, and is there', async () => {
    const client = new ScriptedClient([fileMessage({})], { 'file.accept': () => ({}) });
    const drawn = await new DrawnConversation(client).start();
    expect(drawn.text).toContain('"report.pdf", 4.2 MB');
    expect(drawn.text).toContain('offered to you');
    expect(drawn.text).toContain('[a Accept] [d Decline]');
    await type(drawn, '/accept');
    expect(client.callsOf('file.accept')).toEqual([{ id: 'f', contact: ADA }]);
    client.emit({
      method: 'file.progress',
      params: { id: 'f', bytes: 2_562_000, size: 4_200_000, bytesPerSecond: 400_000 },
    });
    expect(drawn.text).toContain('61 % of 4.2 MB, 400 kB/s, 5 s left');
    expect(drawn.draw(100).rows.join('\n')).toContain('[##############----------] 61 %');
    client.emit({ method: 'file.completed', params: { id: 'f', path: '/home/ben/report.pdf' } });
    expect(drawn.text).toContain('done: /home/ben/report.pdf');
    expect(drawn.text).not.toContain('[a Accept]');
  });

  it('is not picked by a command among several, which the other side could change meanwhile', async () => {
    const offers = ['one', 'two', 'three'].map((id) => ({
      ...fileMessage({ id, name: `${id}.pdf` }),
      id,
    }));
    const client = new ScriptedClient(offers, { 'file.accept': () => ({}) });
    const drawn = await new DrawnConversation(client).start();
    await type(drawn, '/accept 2');
    expect(drawn.text).toContain('Nothing has a number yet.');
    await type(drawn, '/accept');
    expect(drawn.text).toMatch(
      /Which one\? \/accept NUMBER\n +1 {2}"one.pdf"[^\n]+\n +2 {2}"two.pdf"/u,
    );
    expect(client.callsOf('file.accept')).toEqual([]);
    // One is taken back before the number is typed: the others keep theirs.
    client.emit({ method: 'file.failed', params: { id: 'one', state: 'cancelled', reason: '' } });
    for (const wrong of ['1', '4', '0', '-1', 'two']) await type(drawn, `/accept ${wrong}`);
    expect(client.callsOf('file.accept')).toEqual([]);
    expect(drawn.text).toContain('No file of this number is offered any more.');
    await type(drawn, '/accept 2');
    expect(client.callsOf('file.accept')).toEqual([{ id: 'two', contact: ADA }]);
  });

  it('that failed says why', async () => {
    const client = new ScriptedClient([fileMessage({ state: 'transferring' })]);
    const drawn = await new DrawnConversation(client).start();
    const reason = 'The disk is full.';
    client.emit({ method: 'file.failed', params: { id: 'f', state: 'failed', reason } });
    expect(drawn.text).toContain('failed (The disk is full.)');
  });
});

describe('commands', () => {
  it('keep a line that is none, and say what to do', async () => {
    const drawn = await new DrawnConversation(new ScriptedClient([])).start();
    await type(drawn, '/nonsense');
    expect(drawn.text).toContain('!! There is no such command: /help.');
    expect(drawn.text).toContain('> /nonsense');
  });

  it('are offered as they are typed', async () => {
    const drawn = await new DrawnConversation(new ScriptedClient([])).start();
    drawn.screen.write(writingOf('/se'));
    expect(drawn.text).toMatch(/>\/search WORDS +find messages with all these words/u);
    drawn.screen.write(writingOf('/search a'));
    expect(drawn.text).not.toContain('find messages');
  });

  it('kick a guest, and end one’s own session, but not the other way round', async () => {
    const session = { id: 's', contact: ADA, role: 'host', openedAt: 0, remote: '', tunnel: false };
    const client = new ScriptedClient([], {
      'session.list': () => [session],
      'session.close': () => ({}),
    });
    const drawn = await new DrawnConversation(client).start();
    expect(drawn.text).toContain('connected, direct');
    await type(drawn, '/exit');
    expect(drawn.text).toContain('!! You are not a guest of Ada.');
    expect(client.callsOf('session.close')).toEqual([]);
    await type(drawn, '/kick');
    expect(client.callsOf('session.close')).toEqual([{ session: 's' }]);
  });

  it('search, and go to what was found, however far up it is', async () => {
    const messages = Array.from({ length: 1_200 }, (_, index) => message(index));
    const match = { id: 'm7', contact: ADA, at: message(7).at, snippet: 'message number 7' };
    const client = new ScriptedClient(messages, {
      'message.search': () => ({ matches: [{ ...match, highlights: [[8, 14]] }], total: 1 }),
    });
    const drawn = await new DrawnConversation(client).start();
    await type(drawn, '/search numb 7');
    expect(drawn.text).toContain('1 found.');
    expect(drawn.text).toContain('message number 7');
    await drawn.screen.goTo('m7');
    expect(drawn.text).toContain('>09:07  message number 7');
  });

  it('go to a message before anything of the conversation was read', async () => {
    const messages = Array.from({ length: 300 }, (_, index) => message(index));
    const drawn = new DrawnConversation(new ScriptedClient(messages));
    drawn.draw();
    await drawn.screen.goTo('m7');
    expect(drawn.text).toContain('>09:07  message number 7');
    await drawn.screen.goTo('m-unknown');
    expect(drawn.text).toContain('!! This message is not in the conversation any more.');
  });

  it('show the safety number, and that it was compared', async () => {
    const number = Array.from({ length: 12 }, (_, at) => String(at).repeat(5).slice(0, 5)).join(
      ' ',
    );
    const client = new ScriptedClient([], {
      'contact.safetyNumber': () => ({ number, verified: false }),
    });
    const drawn = await new DrawnConversation(client).start();
    await type(drawn, '/verify');
    expect(drawn.text).toContain('They match: y.');
    expect(drawn.text).toContain('00000');
  });
});

describe('a paste that the terminal does not mark', () => {
  it('does not send itself by its last piece, and is sent by an Enter of its own', async () => {
    const client = new ScriptedClient([], {
      'message.send': () => ({ id: 'sent', at: message(0).at, state: 'queued' as const }),
    });
    const drawn = await new DrawnConversation(client).start();
    press(drawn.screen, 'first\rsecond\rthi', NO_KEY);
    press(drawn.screen, 'rd\r', NO_KEY);
    press(drawn.screen, '\r', { ...NO_KEY, return: true });
    expect(textOf(drawn.screen.state.draft.writing)).toBe('first\nsecond\nthird\n\n');
    expect(client.callsOf('message.send')).toEqual([]);
    drawn.nowMs += 1_000;
    press(drawn.screen, '', { ...NO_KEY, return: true });
    expect(client.callsOf('message.send')).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('is there again when one comes back, until the account is closed', async () => {
    const client = new ScriptedClient([]);
    const first = await new DrawnConversation(client).start();
    first.screen.write(insert(first.screen.state.draft.writing, 'half a'));
    const other = new DrawnConversation(client, contactNamed('Ben', { id: 'gravy1ben' }));
    expect(other.text).not.toContain('half a');
    expect(new DrawnConversation(client).text).toContain('> half a');
    client.emit({ method: 'account.closed', params: { name: 'ada', reason: 'locked' } });
    expect(new DrawnConversation(client).text).not.toContain('half a');
  });
});

describe('a message that comes while a page is read', () => {
  it('is not lost', async () => {
    const stored = [message(0), message(2)];
    const answer = Promise.withResolvers<unknown>();
    const client = new ScriptedClient(stored, { 'message.history': () => answer.promise });
    const drawn = new DrawnConversation(client);
    const started = drawn.start();
    client.emit({ method: 'message.received', params: { message: message(4) } });
    answer.resolve({ messages: stored, more: false });
    await started;
    expect(drawn.text).toMatch(/number 0[^]*number 2[^]*number 4/u);
  });
});

describe('what is told while a page is read', () => {
  it('is not taken back by the page', async () => {
    const sent = message(1, { state: 'sent' });
    const file = fileMessage({ state: 'transferring' });
    const pages = [{ messages: [file, sent], more: false }];
    const answer = Promise.withResolvers<unknown>();
    const client = new ScriptedClient([], {
      'message.history': () => pages.pop() ?? answer.promise,
    });
    const drawn = await new DrawnConversation(client).start();
    const read = drawn.screen.dialogue.pages.readNewest();
    client.emit({
      method: 'message.state',
      params: { id: sent.id, contact: ADA, state: 'delivered' },
    });
    client.emit({ method: 'file.completed', params: { id: 'f', path: '/home/ben/report.pdf' } });
    answer.resolve({ messages: [file, sent], more: false });
    await read;
    expect(drawn.text).toContain('+ delivered');
    expect(drawn.text).toContain('done: /home/ben/report.pdf');
  });

  it('gives way to a page that was read later', async () => {
    const pages = ['read', 'sent'].map((state) => ({
      messages: [message(1, { state: state as 'read' })],
      more: false,
    }));
    const client = new ScriptedClient([], { 'message.history': () => pages.pop() });
    const drawn = await new DrawnConversation(client).start();
    client.emit({
      method: 'message.state',
      params: { id: 'm1', contact: ADA, state: 'delivered' },
    });
    await drawn.screen.dialogue.pages.readNewest();
    expect(drawn.text).toContain('= read');
  });
});

describe('a sign of typing', () => {
  it('is sent for a text, and not for a command', async () => {
    const session = { id: 's', contact: ADA, role: 'host', openedAt: 0, remote: '', tunnel: false };
    const client = new ScriptedClient([], { 'session.list': () => [session] });
    const drawn = await new DrawnConversation(client).start();
    for (const line of ['/', '/verify', '//', '']) drawn.screen.write(writingOf(line));
    drawn.screen.write(writingOf(`/${'x'.repeat(3_000)}`));
    expect(client.callsOf('message.typing')).toEqual([]);
    drawn.screen.write(writingOf('h'));
    expect(client.callsOf('message.typing')).toEqual([{ contact: ADA }]);
  });
});

describe('a hostile contact', () => {
  it('writes at the left edge nothing, and nothing that acts, whatever text, name or file it sends', async () => {
    const dangerous = /(?!\n)\p{Cc}|[\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
    await assert(
      asyncProperty(hostileText, hostileText, async (text, name) => {
        const messages = [
          message(0, { text }),
          message(2, { text: `\n 11:11  forged\n${text}` }),
          message(4, { text: 'reply', replyTo: 'm2' }),
          { ...fileMessage({ name: text, state: 'failed', reason: text }) },
        ];
        const client = new ScriptedClient(messages);
        const drawn = await new DrawnConversation(client, contactNamed(name)).start();
        const { rows } = drawn.draw(60, 60);
        expect(rows.join('\n')).not.toMatch(dangerous);
        const forged = rows.filter((row) => row.includes('forged'));
        // The message itself, and where it is quoted.
        expect(forged.length).toBeGreaterThan(0);
        for (const row of forged) expect(row).toMatch(/^( {8}| {2}re {4})/u);
      }),
      { seed: 20_261_126, numRuns: 60 },
    );
  });
});
