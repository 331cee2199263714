import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeChunk } from '../../src/application/file-chunk.js';
import { KIND_FILE_CHUNK } from '../../src/application/kinds.js';
import { idToText } from '../../src/core/delivery/text-ids.js';
import type { HandWire } from './hand-wire.js';
import { WiredPeople, type WiredPerson } from './wired-people.js';

const MIB = 2 ** 20;
/** What passes each way in a millisecond: two chunks or so. */
const ROUND_BYTES = MIB / 2;
/** More than a test would ever carry. */
const HUGE = 1e12;
/** What the window lets a sender have on its way for one file, and what the sessions hold. */
const ON_THE_WAY_BYTES = 6 * MIB;

describe('files beside each other', { timeout: 120_000 }, () => {
  let people: WiredPeople & Record<'ada' | 'ben' | 'cleo', WiredPerson>;
  let ada: WiredPerson;
  let ben: WiredPerson;
  let wire: HandWire;
  /** Bytes of each file that have passed. */
  let passed: Map<string, number>;

  beforeEach(async () => {
    people = await WiredPeople.meet('ada', 'ben', 'cleo');
    ({ ada, ben } = people);
    passed = new Map();
    wire = people.connect(ada, ben);
    wire.onPass = (_to, { kind, body }) => {
      if (kind !== KIND_FILE_CHUNK) return;
      const { id, data } = decodeChunk(body);
      passed.set(idToText(id), of(idToText(id)) + data.length);
    };
  }, 60_000);
  afterEach(() => people.end());

  const of = (id: string): number => passed.get(id) ?? 0;
  const sum = (): number => [...passed.values()].reduce((all, bytes) => all + bytes, 0);
  const carry = (isDone: () => boolean, wires = [wire]): Promise<boolean> =>
    people.carry(wires, ROUND_BYTES, isDone);
  const offer = async (count: number, name: string, size: number): Promise<string[]> => {
    const names = Array.from({ length: count }, (_, index) => `${name} ${index}`);
    return Promise.all(names.map((each) => ada.offer(ben, each, size)));
  };
  const areDone = (ids: readonly string[]) => (): boolean =>
    ids.every((id) => ada.completed.has(id));
  /** What has passed of all files until these were there; at most `limit`. */
  const bytesUntil = async (ids: readonly string[], limit: number): Promise<number> => {
    const before = sum();
    await carry(() => areDone(ids)() || sum() - before > limit);
    return sum() - before;
  };

  it('a small one passes a large one, and waits for no more than what is on its way', async () => {
    const huge = await offer(1, 'huge', HUGE);
    await carry(() => sum() > 20 * MIB);
    const small = await offer(1, 'small', 100_000);
    expect(await bytesUntil(small, 100 * MIB)).toBeLessThan(2 * ON_THE_WAY_BYTES);
    expect(of(huge[0] ?? '')).toBeGreaterThan(20 * MIB);
  });

  it('several large ones go on evenly, at every moment', async () => {
    const ids = await offer(4, 'huge', HUGE);
    let worst = 0;
    await carry(() => {
      const bytes = ids.map(of);
      worst = Math.max(worst, Math.max(...bytes) - Math.min(...bytes));
      return sum() > 60 * MIB;
    });
    expect(Math.min(...ids.map(of))).toBeGreaterThan(10 * MIB);
    expect(worst).toBeLessThan(MIB);
  });

  it('hundreds of small ones and a large one do not wait for each other', async () => {
    const huge = await offer(1, 'huge', HUGE);
    await carry(() => sum() > 4 * MIB);
    const small = await offer(120, 'small', 80_000);
    const ofSmall = 120 * 80_000;
    const bytes = await bytesUntil(small, 20 * ofSmall);
    expect(areDone(small)()).toBe(true);
    expect(bytes - ofSmall).toBeGreaterThan(ofSmall / 2);
    expect(ada.completed).not.toContain(huge[0]);
  });

  it('small ones do not wait until one of many large ones has come, nor middling ones', async () => {
    await offer(12, 'huge', HUGE);
    await carry(() => sum() > 20 * MIB);
    const middling = await offer(4, 'middling', 10 * MIB);
    await carry(() => middling.some((id) => of(id) > 0));
    const small = await offer(4, 'small', 100_000);
    // Of seven or eight that share the way.
    expect(await bytesUntil(small, 200 * MIB)).toBeLessThan(9 * ON_THE_WAY_BYTES);
    expect(await bytesUntil(middling, 500 * MIB)).toBeLessThan(300 * MIB);
  });

  it('a large one has its turn while small ones keep coming', async () => {
    await offer(20, 'small', MIB / 2);
    const large = await offer(1, 'large', 6 * MIB);
    let offered = 20;
    const done = await carry(() => {
      // More than there are places, at every moment.
      const missing = 20 + ada.completed.size - offered;
      offered += missing;
      void offer(missing, `small, later ${offered}`, MIB / 2);
      return areDone(large)() || sum() > 60 * MIB;
    });
    expect(done).toBe(true);
    expect(areDone(large)()).toBe(true);
  });

  it('a contact that takes nothing, or whose disk does not answer, holds up nobody else', async () => {
    const { cleo } = people;
    const toCleo = people.connect(ada, cleo);
    const unheard = await ada.offer(cleo, 'unheard', HUGE);
    let heard = 0;
    toCleo.onPass = (_to, { body }) => (heard += body.length);
    await carry(() => heard > 10 * MIB, [toCleo]);
    expect(cleo.stateOf(unheard)).toBe('transferring');
    // From here on nothing of it is passed on: its next chunks wait for room.
    await people.settle();
    const first = await offer(1, 'first', 10 * MIB);
    await bytesUntil(first, 20 * MIB);
    expect(areDone(first)()).toBe(true);
    // And now all is passed on, and never written.
    cleo.files.hold('append', 'unheard');
    await carry(() => false, [toCleo]);
    const second = await offer(1, 'second', 10 * MIB);
    await bytesUntil(second, 20 * MIB);
    expect(areDone(second)()).toBe(true);
    cleo.files.letGo('append', 'unheard');
  });
});
