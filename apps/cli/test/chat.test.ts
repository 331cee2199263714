import type { Contact, GravyClient, GravyEvent } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chat } from '../src/chat/chat.js';
import { LineScreen } from '../src/chat/line-screen.js';
import { PLAIN } from '../src/terminal/style.js';
import { fakeTerminal } from './screen-model.js';

const ada = 'gravy1ada';

interface Bench {
  chat: Chat;
  emit: (event: GravyEvent) => void;
  contacts: Contact[];
  calls: string[];
  rows: () => string[];
  type: (keys: string) => Promise<void>;
}

const contact = (name: string, named: boolean): Contact => ({
  id: ada,
  name,
  named,
  verified: false,
  blocked: false,
  online: true,
  addresses: [],
  unread: 0,
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const opened: GravyEvent = {
  method: 'session.opened',
  params: { session: 's', contact: ada, role: 'host' },
};
const changed: GravyEvent = { method: 'contact.changed', params: { contact: ada } };

/** The core's side is played by hand: what comes in which order is the point. */
async function bench(opening?: (emit: Bench['emit']) => Promise<void>): Promise<Bench> {
  const { terminal, model, type } = fakeTerminal(100);
  const contacts: Contact[] = [];
  const calls: string[] = [];
  let emit: Bench['emit'] = () => undefined;
  const answers: Readonly<Record<string, unknown>> = {
    'invite.list': [{ id: 'i', usedBy: ada }],
    'request.list': [{ id: ada, receivedAt: 0, safetyNumber: '12345 67890' }],
    'session.list': [],
  };
  const client: Pick<GravyClient, 'call' | 'onEvent'> = {
    call: (async (method: string) => {
      calls.push(method);
      return method === 'contact.list' ? [...contacts] : (answers[method] ?? {});
    }) as GravyClient['call'],
    onEvent: (listener) => {
      emit = listener;
      return () => undefined;
    },
  };
  const screen = new LineScreen(terminal, () => undefined);
  const chat = new Chat({
    gravy: client as GravyClient,
    account: { name: 'ben', id: 'gravy1ben' },
    screen,
    style: PLAIN,
  });
  await chat.start(opening === undefined ? undefined : () => opening(emit));
  void screen.readLines(async () => undefined);
  return { chat, emit: (event) => emit(event), contacts, calls, rows: () => model.rows, type };
}

describe('Chat', () => {
  // It is used on terminals that can draw; node:readline looks at this variable by itself.
  beforeEach(() => void vi.stubEnv('TERM', 'xterm'));
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });

  it('says nothing of a person before it knows their name', async () => {
    const { emit, contacts, rows } = await bench();
    contacts.push(contact('Ada', true));
    emit({ method: 'invite.changed', params: { id: 'i', state: 'used' } });
    emit(opened);
    await turn();
    expect(rows()).toEqual([
      '-- Your invite was used: its bearer is a contact now, called Ada.',
      '-- Ada connected. Not verified yet: /verify Ada',
      'Ada>',
    ]);
  });

  it('tells what happens while it opens only after that', async () => {
    const stranded = { contact: ada, url: 'ws://b', line: 'gravy connect ws://b gravy1ben' };
    const { rows } = await bench(async (emit) => {
      emit({ method: 'contact.stranded', params: stranded });
      await turn();
    });
    await turn();
    expect(rows()[0]).toMatch(/^-- gravy1ada knows only your old address/u);
    expect(rows()[2]).toBe('gravy connect ws://b gravy1ben');
  });

  it('says that a name has changed which its bearer chose, with everything escaped', async () => {
    const { emit, contacts, rows } = await bench();
    contacts.push(contact('Unnamed 7f2c', false));
    emit(changed);
    await turn();
    contacts[0] = contact('Ada\u202e', false);
    emit(changed);
    await turn();
    expect(rows()[0]).toBe(
      '-- Unnamed 7f2c would like to be called Ada<U+202E>, and is from now on.',
    );
  });

  it('shows a stranger by key and safety number alone', async () => {
    const { emit, rows } = await bench();
    emit({ method: 'request.received', params: { id: ada } });
    await turn();
    expect(rows()).toEqual([
      '-- A stranger asks to be let in. Compare this safety number by phone:',
      '    12345  67890',
      '-- Then /accept gravy1ada NAME, /decline gravy1ada, or /block gravy1ada',
      '>',
    ]);
  });

  it('shows who is typing until they stop or send, and tells that the person is', async () => {
    const { emit, contacts, rows, type, calls } = await bench();
    contacts.push(contact('Ada', true));
    emit(opened);
    await turn();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    emit({ method: 'typing', params: { contact: ada } });
    expect(rows().at(-1)).toBe('Ada (typing)>');
    vi.advanceTimersByTime(6_000);
    expect(rows().at(-1)).toBe('Ada>');
    emit({ method: 'typing', params: { contact: ada } });
    const message = { id: 'm', contact: ada, direction: 'in', at: 0, text: 'hi' } as const;
    emit({ method: 'message.received', params: { message: { ...message, state: 'delivered' } } });
    expect(rows().at(-1)).toBe('Ada>');
    await type('hello');
    expect(calls.filter((method) => method === 'message.typing')).toHaveLength(1);
  });
});
