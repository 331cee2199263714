// Strangers at the door of a host that asks: Spec 2.7 and 6.
import { encodeId } from '@gravy/identity';
import { OwnKey } from '@gravy/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Requests } from '../../src/core/hosting/requests.js';
import { CoreParts, turns } from '../core-parts.js';

/** Somebody at the door. */
class Stranger {
  readonly id: Uint8Array;
  readonly text: string;
  readonly gone = new AbortController();
  isHeld = false;
  answer: boolean | undefined;

  constructor(requests: Requests, number: number) {
    this.id = OwnKey.fromSeed(new Uint8Array(32).fill(number)).id;
    this.text = encodeId(this.id);
    const { id, gone } = this;
    const asked = requests.ask({
      id,
      invite: undefined,
      signal: gone.signal,
      hold: () => (this.isHeld = true),
    });
    void asked.then((answer) => (this.answer = answer));
  }
}

describe('a stranger', () => {
  let parts: CoreParts;
  let requests: Requests;
  beforeEach(async () => {
    parts = await CoreParts.open();
    const { store, contacts: book, text, events, now } = parts;
    requests = new Requests({
      store: store.requests,
      contacts: store.contacts,
      book,
      text,
      events,
      now,
    });
  });
  afterEach(() => parts.end());

  const comes = async (number: number): Promise<Stranger> => {
    const stranger = new Stranger(requests, number);
    await turns();
    return stranger;
  };

  it('is told to the person, with a safety number, and held', async () => {
    const stranger = await comes(1);
    expect(stranger).toMatchObject({ isHeld: true, answer: undefined });
    expect(parts.eventsOf('request.received')).toEqual([{ id: stranger.text }]);
    expect(requests.list()).toEqual([
      {
        id: stranger.text,
        receivedAt: parts.now(),
        safetyNumber: parts.contacts.safetyNumberOf(stranger.id),
      },
    ]);
  });

  it('gets in at once if accepted while held, and is a contact then', async () => {
    const stranger = await comes(1);
    await requests.accept(stranger.text, 'Carol');
    await turns();
    expect(stranger.answer).toBe(true);
    expect(parts.contacts.isWelcome(stranger.id)).toBe(true);
    expect(requests.list()).toEqual([]);
  });

  it('is a contact, and so gets in the next time, if accepted after it was gone', async () => {
    const stranger = await comes(1);
    stranger.gone.abort();
    await turns();
    expect(stranger.answer).toBe(false);
    await requests.accept(stranger.text, 'Carol');
    expect(parts.contacts.isWelcome(stranger.id)).toBe(true);
  });

  it('stays a stranger, still asking, if the name is not to be had', async () => {
    const stranger = await comes(1);
    await expect(requests.accept(stranger.text, 'Ben')).rejects.toMatchObject({
      code: 'contact_exists',
    });
    await expect(requests.accept(stranger.text, ' ')).rejects.toMatchObject({
      code: 'invalid_name',
    });
    expect(stranger.answer).toBeUndefined();
    expect(requests.list()).toHaveLength(1);
  });

  it('who is declined may ask again, and who is blocked meets silence', async () => {
    const first = await comes(1);
    await requests.decline(first.text, { block: false });
    await turns();
    expect(first.answer).toBe(false);
    const again = await comes(1);
    expect(again.isHeld).toBe(true);
    await requests.decline(again.text, { block: true });
    const blocked = await comes(1);
    expect(blocked).toMatchObject({ isHeld: false, answer: false });
    expect(requests.list()).toEqual([]);
    expect(parts.eventsOf('request.received')).toHaveLength(2);
    await expect(requests.decline(again.text, { block: true })).rejects.toMatchObject({
      code: 'no_such_request',
    });
  });

  it('who becomes a contact in another way gets in at once, even if blocked before', async () => {
    const stranger = await comes(1);
    await parts.contacts.add({ id: stranger.text, name: 'Carol' });
    await requests.settle(stranger.id);
    await turns();
    expect(stranger.answer).toBe(true);
    expect(requests.list()).toEqual([]);
  });

  it('is held in the newest of its connections', async () => {
    const [older, newer] = [await comes(1), await comes(1)];
    expect([older.answer, newer.answer]).toEqual([false, undefined]);
    older.gone.abort();
    await requests.accept(newer.text, 'Carol');
    await turns();
    expect(newer.answer).toBe(true);
    expect(parts.eventsOf('request.received')).toHaveLength(1);
  });

  it('is one of four held, and of fifty remembered; beyond that nothing is kept', async () => {
    const strangers: Stranger[] = [];
    for (let number = 101; number <= 151; number += 1) strangers.push(await comes(number));
    expect(strangers.filter(({ isHeld }) => isHeld)).toHaveLength(4);
    expect(strangers.filter(({ answer }) => answer === false)).toHaveLength(47);
    expect(parts.store.requests.list()).toHaveLength(50);
    expect(parts.eventsOf('request.received')).toHaveLength(50);
    strangers[0]?.gone.abort();
    const next = await comes(105);
    expect(next.isHeld).toBe(true);
    expect(await comes(106)).toMatchObject({ isHeld: false, answer: false });
  });

  it('who is gone before it is stored is not held', async () => {
    const stranger = new Stranger(requests, 60);
    stranger.gone.abort();
    await turns();
    expect(stranger).toMatchObject({ isHeld: false, answer: false });
    expect(requests.list()).toHaveLength(1);
  });
});
