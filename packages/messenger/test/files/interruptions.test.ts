import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_CHUNK_DATA_BYTES } from '../../src/application/file-chunk.js';
import { KIND_FILE_ACCEPT, KIND_FILE_CHUNK, KIND_FILE_END } from '../../src/application/kinds.js';
import { turns } from '../core-parts.js';
import type { HandEnd, HandWire } from './hand-wire.js';
import { WiredPeople, type WiredPerson } from './wired-people.js';

const ROUND_BYTES = 2 ** 20;
/** Enough chunks for the window to be wider than at first. */
const SIZE = 8_000_000;

/** What leaves both sides waiting for each other, if nobody has thought of it. */
describe('a transfer that is interrupted', { timeout: 120_000 }, () => {
  let people: WiredPeople & Record<'ada' | 'ben', WiredPerson>;
  let ada: WiredPerson;
  let ben: WiredPerson;

  beforeEach(async () => {
    people = await WiredPeople.meet('ada', 'ben');
    ({ ada, ben } = people);
  }, 60_000);
  afterEach(() => people.end());

  const carry = (wires: HandWire[], isDone: () => boolean): Promise<boolean> =>
    people.carry(wires, ROUND_BYTES, isDone);
  const isDone = (id: string) => (): boolean =>
    ada.stateOf(id) === 'done' && ben.stateOf(id) === 'done';
  const expectDone = async (id: string, ...wires: HandWire[]): Promise<void> => {
    await carry(wires, isDone(id));
    expect([ada.stateOf(id), ben.stateOf(id)]).toEqual(['done', 'done']);
  };
  const isNext = (end: HandEnd | undefined, kind: number): boolean =>
    end?.underWay[0]?.record.kind === kind;
  /** Passes records on one by one, until the next one that is for this end is of this kind. */
  const passUntil = async (wire: HandWire, to: 'host' | 'guest', kind: number): Promise<void> => {
    const end = wire.ends[to === 'host' ? 0 : 1];
    for (let still = 0; still < 3 && !isNext(end, kind); still += 1) {
      await people.settle();
      for (const each of wire.ends) {
        if (!isNext(end, kind) && wire.pass(each) > 0) still = 0;
      }
    }
    expect(isNext(end, kind)).toBe(true);
  };

  it('goes on although requests over two sessions come in another order', async () => {
    const first = people.connect(ada, ben);
    const id = await ada.offer(ben, 'file', SIZE);
    await passUntil(first, 'host', KIND_FILE_ACCEPT);
    const second = people.connect(ben, ada);
    await passUntil(second, 'guest', KIND_FILE_ACCEPT);
    second.pass(second.ends[1]);
    await people.settle();
    first.pass(first.ends[0]);
    await expectDone(id, first, second);
  });

  it('is heard to be done although the session was replaced while it was put into place', async () => {
    const first = people.connect(ada, ben);
    ben.files.hold('finish', 'file');
    const id = await ada.offer(ben, 'file', SIZE);
    await passUntil(first, 'guest', KIND_FILE_END);
    first.pass(first.ends[1]);
    await people.settle();
    first.cut();
    const second = people.connect(ada, ben);
    await carry([second], () => false);
    ben.files.letGo('finish', 'file');
    await expectDone(id, second);
    expect(ben.files.placings).toBe(1);
  });

  it('goes on over the first session after a second one that came and went', async () => {
    const first = people.connect(ada, ben);
    const id = await ada.offer(ben, 'file', SIZE);
    let chunks = 0;
    first.onPass = (_to, { kind }) => (chunks += kind === KIND_FILE_CHUNK ? 1 : 0);
    await carry([first], () => chunks > 12);
    await people.settle();
    expect(first.ends[1].underWay.length).toBeGreaterThan(3);
    const second = people.connect(ben, ada);
    await people.settle();
    second.cut();
    await people.settle();
    // What the first request brought comes after the second request, and the credit for it before there is an answer to that.
    for (const end of first.ends.toReversed()) {
      while (first.pass(end) > 0);
      if (end !== first.ends[0]) await people.settle();
    }
    await expectDone(id, first);
  });

  it('of which one waits for its disk does not hold up another', async () => {
    const first = people.connect(ada, ben);
    ben.files.hold('append', 'stuck');
    const ids = [await ada.offer(ben, 'stuck', SIZE), await ada.offer(ben, 'file', SIZE)];
    await passUntil(first, 'guest', KIND_FILE_CHUNK);
    for (let count = 0; count < 8; count += 1) first.pass(first.ends[1]);
    await people.settle();
    first.cut();
    const second = people.connect(ada, ben);
    await expectDone(ids[1] ?? '', second);
    ben.files.letGo('append', 'stuck');
    await expectDone(ids[0] ?? '', second);
  });

  it('ends for both if its sender cannot read it any more', async () => {
    const wire = people.connect(ada, ben);
    const id = await ada.offer(ben, 'file', SIZE);
    await passUntil(wire, 'guest', KIND_FILE_CHUNK);
    ada.files.breakIt('read', 'file', Object.assign(new Error('of the disk'), { code: 'ESTALE' }));
    await carry([wire], () => ben.stateOf(id) === 'cancelled');
    expect([ada.stateOf(id), ben.stateOf(id)]).toEqual(['failed', 'cancelled']);
  });

  it('ends for both if its sender cannot read the next chunk while this one waits for credit', async () => {
    const wire = people.connect(ada, ben);
    ben.files.hold('append', 'file');
    const error = Object.assign(new Error('of the disk'), { code: 'EIO' });
    // Two chunks fill the window, and the third waits.
    ada.files.breakIt('read', 'file', error, 3 * MAX_CHUNK_DATA_BYTES);
    const id = await ada.offer(ben, 'file', SIZE);
    await carry([wire], () => false);
    expect(ada.stateOf(id)).toBe('transferring');
    ben.files.letGo('append', 'file');
    await carry([wire], () => ben.stateOf(id) === 'cancelled');
    expect([ada.stateOf(id), ben.stateOf(id)]).toEqual(['failed', 'cancelled']);
    expect(ada.file(id)?.reason).toContain('Reading the file has failed.');
  });

  it('begins although its receiver was killed between storing the offer and accepting it', async () => {
    let wire = people.connect(ada, ben);
    ben.files.hold('free bytes');
    const id = await ada.offer(ben, 'file', SIZE);
    await carry([wire], () => false);
    expect([ada.stateOf(id), ben.stateOf(id)]).toEqual(['offered', 'offered']);
    wire.cut();
    ben.files.leave('free bytes');
    await ben.restart();
    wire = people.connect(ada, ben);
    await expectDone(id, wire);
  });

  it('does not come unasked after all when that was switched off meanwhile', async () => {
    let wire = people.connect(ada, ben);
    ben.files.hold('free bytes');
    const id = await ada.offer(ben, 'file', SIZE);
    await carry([wire], () => false);
    wire.cut();
    ben.files.leave('free bytes');
    await ben.restart();
    await ben.account.settings.change({ autoAccept: {} });
    wire = people.connect(ada, ben);
    await carry([wire], () => false);
    expect(ben.stateOf(id)).toBe('offered');
    await ben.account.files.desk.accept({ id });
    await expectDone(id, wire);
  });

  it('is not left under way by a session that ends while it begins', async () => {
    for (let turnsBefore = 0; turnsBefore < 12; turnsBefore += 1) {
      const wire = people.connect(ada, ben);
      const id = await ada.offer(ben, `file ${turnsBefore}`, 100_000);
      await people.settle();
      while (wire.ends[1].underWay.length > 0) wire.pass(wire.ends[1]);
      await turns(turnsBefore);
      wire.cut();
      await people.settle();
      expect(ben.stateOf(id), `after ${turnsBefore} turns`).not.toBe('transferring');
      await expectDone(id, people.connect(ada, ben));
    }
  });

  it('goes on when asked in the same session, after a full disk', async () => {
    const wire = people.connect(ada, ben);
    const id = await ada.offer(ben, 'file', SIZE);
    await passUntil(wire, 'guest', KIND_FILE_CHUNK);
    ben.files.breakIt('append', 'file', new Error('no room'));
    await carry([wire], () => ben.stateOf(id) === 'paused');
    ben.files.mend('append', 'file');
    await ben.account.files.desk.accept({ id });
    await expectDone(id, wire);
  });

  it.each(['is lost', 'is replaced', 'is lost, and both restart'])(
    'goes on wherever its session %s',
    async (how) => {
      let wire = people.connect(ada, ben);
      let isWhole = false;
      for (let records = 0; !isWhole; records += 1) {
        const id = await ada.offer(ben, `file ${records}`, 600_000);
        await people.settle();
        for (let passed = 0; passed < records; passed += 1) {
          if (wire.pass(wire.ends[1]) + wire.pass(wire.ends[0]) === 0) break;
          await people.settle();
        }
        isWhole = isDone(id)();
        const before = wire;
        if (how !== 'is replaced') before.cut();
        if (how.includes('restart')) await Promise.all([ada.restart(), ben.restart()]);
        wire = people.connect(ada, ben);
        await expectDone(id, before, wire);
      }
      expect(ben.files.placings).toBeGreaterThan(5);
    },
  );
});
