import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageKey } from '../../src/core/delivery/message-id.js';
import type { HandWire } from './hand-wire.js';
import { WiredPeople, type WiredPerson } from './wired-people.js';

const SIZE = 20 * 2 ** 20;
const NAME = 'film';

describe('how far a file is that is under way', () => {
  let people: WiredPeople & Record<'ada' | 'ben', WiredPerson>;
  let ada: WiredPerson;
  let ben: WiredPerson;
  let wire: HandWire;
  let id: string;

  beforeEach(async () => {
    people = await WiredPeople.meet('ada', 'ben');
    ({ ada, ben } = people);
    wire = people.connect(ada, ben);
    id = await ada.offer(ben, NAME, SIZE);
    await pass(48);
  }, 60_000);
  afterEach(() => people.end());

  const pass = async (records: number): Promise<void> => {
    for (let count = 0; count < records; count += 1) {
      for (const end of wire.ends) wire.pass(end);
      await people.settle();
    }
  };
  const storedBytes = (): number | undefined => {
    const { id: bytes } = messageKey(id);
    const key = { contact: ada.id, direction: 'in', id: bytes } as const;
    return ben.store.transfers.get(key)?.message.file.bytes;
  };

  it.each(['ada', 'ben'] as const)('is seen by %s in the list and in the conversation', (name) => {
    const person = people[name];
    const shown = person.file(id);
    expect(shown?.state).toBe('transferring');
    expect(shown?.bytes).toBeGreaterThan(2 ** 20);
    expect(shown?.bytes).toBeLessThan(SIZE);
    const contact = name === 'ada' ? 'ben' : 'ada';
    const { messages } = person.account.delivery.conversations.history({ contact, limit: 1 });
    expect(messages.map(({ file }) => file?.bytes)).toEqual([shown?.bytes]);
  });

  it('is not forgotten when it is accepted once more', async () => {
    const before = ben.file(id);
    await ben.account.files.desk.accept({ id });
    await people.settle();
    expect(ben.file(id)).toEqual(before);
  });

  it('is stored as far as the medium has it, so that a power cut does not take all of it', async () => {
    expect(storedBytes()).toBe(0);
    const before = ben.file(id)?.bytes ?? 0;
    ben.files.sync(NAME);
    await people.settle();
    expect(storedBytes()).toBe(before);
    expect(ben.stateOf(id)).toBe('transferring');
    await pass(10);
    expect(storedBytes()).toBe(before);
    // A sync that is told late takes nothing back.
    wire.cut();
    await people.settle();
    const kept = storedBytes() ?? 0;
    expect(kept).toBeGreaterThan(before);
    await ben.account.files.desk.cancel({ id });
    ben.files.sync(NAME);
    await people.settle();
    expect(ben.stateOf(id)).toBe('cancelled');
    expect(storedBytes()).toBe(kept);
  });
});
