import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GravyEvent } from '../../src/api/events.js';
import { decodeText } from '../../src/application/messages.js';
import { Outbox } from '../../src/core/delivery/outbox.js';
import { idToText, newMessageId } from '../../src/core/delivery/text-ids.js';
import { EventHub } from '../../src/core/event-hub.js';
import type { StoredMessage } from '../../src/core/ports/store.js';
import type { Session } from '../../src/core/sessions/session-registry.js';
import { turns as pass } from '../core-parts.js';
import { FreshStore } from '../fresh-store.js';
import { handSession, PEER_ID, PEER_KEY } from '../sessions/hand-session.js';

/** A session that takes what it is given only when the test says so. */
class SlowSession {
  readonly given: string[] = [];
  readonly session: Session;
  #waiting: PromiseWithResolvers<void>[] = [];

  constructor(session: Session) {
    const send = (_kind: number, body: Uint8Array): Promise<void> => {
      this.given.push(decodeText(body).text);
      const waiting = Promise.withResolvers<void>();
      this.#waiting.push(waiting);
      return waiting.promise;
    };
    const channel = Object.assign(Object.create(session.channel) as Session['channel'], { send });
    this.session = { ...session, channel };
  }

  takeOne(): Promise<void> {
    this.#waiting.shift()?.resolve();
    return turn();
  }

  break(): Promise<void> {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The session is over.'));
    return turn();
  }
}

describe('what waits to be sent', () => {
  let fresh: FreshStore;
  let outbox: Outbox;
  let events: GravyEvent[];
  let first: SlowSession;
  let second: SlowSession;

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: PEER_KEY.id, name: 'ben', addedAt: 1 });
    events = [];
    const hub = new EventHub();
    hub.onEvent((event) => events.push(event));
    outbox = new Outbox({ store: fresh.store.messages, events: hub });
    const [one, two] = await Promise.all([handSession(), handSession({ role: 'host' })]);
    await Promise.all([one.peer.close(), two.peer.close()]);
    [first, second] = [new SlowSession(one.session), new SlowSession(two.session)];
  });
  afterEach(() => fresh.end());

  const text = (words: string): StoredMessage => ({
    id: newMessageId(),
    contact: PEER_KEY.id,
    direction: 'out',
    at: 1,
    text: words,
    state: 'queued',
  });
  const give = (message: StoredMessage): Promise<void> =>
    outbox.add(PEER_ID, message.id, () => fresh.store.messages.append(message));
  const add = async (words: string): Promise<Uint8Array> => {
    const message = text(words);
    await give(message);
    return message.id;
  };
  const stored = (): Promise<void> => Promise.resolve();
  const states = (): string[] =>
    fresh.store.messages
      .page({ contact: PEER_KEY.id, limit: 100 })
      .messages.map(({ text: words, state }) => `${words} ${state}`);

  it('goes in order, one after the other, and counts as sent when the session has taken it', async () => {
    await add('one');
    const id = await add('two');
    outbox.useSession(PEER_ID, first.session);
    expect(first.given).toEqual(['one']);
    expect(states()).toEqual(['one queued', 'two queued']);
    await first.takeOne();
    expect(first.given).toEqual(['one', 'two']);
    expect(states()).toEqual(['one sent', 'two queued']);
    await first.takeOne();
    await turn();
    expect(events.at(-1)).toEqual({
      method: 'message.state',
      params: { id: idToText(id), contact: PEER_ID, state: 'sent' },
    });
    await add('three');
    expect(first.given).toEqual(['one', 'two', 'three']);
  });

  it('is not sent before it is stored, although reads give it already', async () => {
    await add('stored');
    outbox.useSession(PEER_ID, first.session);
    const storing = give(text('being stored'));
    const alsoStoring = give(text('too'));
    // The session is ready for the next text within this turn, and the transaction is open.
    await Promise.resolve();
    first.takeOne().catch(() => undefined);
    for (let index = 0; index < 20; index += 1) await Promise.resolve();
    expect(first.given).toEqual(['stored']);
    await Promise.all([storing, alsoStoring]);
    await turn();
    await first.takeOne();
    expect(first.given).toEqual(['stored', 'being stored', 'too']);
  });

  it('begins again on a newer session with all that is not acknowledged', async () => {
    const one = await add('one');
    await add('two');
    outbox.useSession(PEER_ID, first.session);
    await first.takeOne();
    await first.takeOne();
    await fresh.store.messages.setState({ contact: PEER_KEY.id, ids: [one], state: 'delivered' });
    outbox.useSession(PEER_ID, second.session);
    expect(second.given).toEqual(['two']);
    await add('three');
    await second.takeOne();
    expect(second.given).toEqual(['two', 'three']);
    expect(first.given).toEqual(['one', 'two']);
  });

  it('can be taken back while it waits, and is not sent then', async () => {
    await add('one');
    const two = await add('two');
    outbox.useSession(PEER_ID, first.session);
    expect(await outbox.takeBack(PEER_ID, two, stored)).toBe(true);
    await first.takeOne();
    expect(first.given).toEqual(['one']);
  });

  it('sends nothing until it is stored that one was taken back, and it if that fails', async () => {
    await add('one');
    const two = await add('two');
    await add('three');
    outbox.useSession(PEER_ID, first.session);
    const storing = Promise.withResolvers<void>();
    const takenBack = outbox.takeBack(PEER_ID, two, () => storing.promise);
    await first.takeOne();
    expect(first.given).toEqual(['one']);
    storing.reject(new Error('The disk is full.'));
    await expect(takenBack).rejects.toThrow('The disk is full.');
    await first.takeOne();
    expect(first.given).toEqual(['one', 'two', 'three']);
  });

  it('sends what follows once it is stored that one was taken back, also before there was a session', async () => {
    const one = await add('one');
    await add('two');
    const storing = Promise.withResolvers<void>();
    const takenBack = outbox.takeBack(PEER_ID, one, async () => {
      const change = { contact: PEER_KEY.id, ids: [one], state: 'cancelled' } as const;
      await fresh.store.messages.setState(change);
      await storing.promise;
    });
    outbox.useSession(PEER_ID, first.session);
    await pass(12);
    expect(first.given).toEqual([]);
    storing.resolve();
    expect(await takenBack).toBe(true);
    await pass(12);
    expect(first.given).toEqual(['two']);
  });

  it('cannot be taken back once a session was given it, not even when a newer one has begun', async () => {
    await add('one');
    const two = await add('two');
    outbox.useSession(PEER_ID, first.session);
    await first.takeOne();
    expect(await outbox.takeBack(PEER_ID, two, stored)).toBe(false);
    outbox.useSession(PEER_ID, second.session);
    expect(second.given).toEqual(['one']);
    expect(await outbox.takeBack(PEER_ID, two, stored)).toBe(false);
  });

  it('counts as sent when the session broke while it took it: it may have arrived', async () => {
    const one = await add('one');
    await add('two');
    outbox.useSession(PEER_ID, first.session);
    await first.break();
    expect(states()).toEqual(['one sent', 'two queued']);
    expect(await outbox.takeBack(PEER_ID, one, stored)).toBe(true); // but the store says that it was sent
    outbox.useSession(PEER_ID, undefined);
    outbox.useSession(PEER_ID, second.session);
    expect(second.given).toEqual(['one']);
  });

  it('was sent before it arrived, also if both are heard of in one turn', async () => {
    outbox.useSession(PEER_ID, first.session);
    const id = await add('quick');
    await turn();
    expect(first.given).toEqual(['quick']);
    void first.takeOne();
    for (let step = 0; step < 10; step += 1) await Promise.resolve();
    outbox.markSentSoFar(PEER_ID);
    await fresh.store.messages.setState({ contact: PEER_KEY.id, ids: [id], state: 'delivered' });
    expect(events.map(({ params }) => params)).toEqual([
      { id: idToText(id), contact: PEER_ID, state: 'sent' },
    ]);
  });

  it('waits in the store while there is no session', async () => {
    await add('one');
    outbox.useSession(PEER_ID, first.session);
    outbox.useSession(PEER_ID, undefined);
    await add('two');
    expect(first.given).toEqual(['one']);
    outbox.useSession(PEER_ID, second.session);
    expect(second.given).toEqual(['one']);
  });
});

async function turn(): Promise<void> {
  for (let turns = 0; turns < 2; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}
