import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
});
