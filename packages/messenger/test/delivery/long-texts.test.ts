import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../src/api/methods.js';
import { MAX_TEXT_BYTES } from '../../src/application/messages.js';
import { type Person, Stage } from '../chat-people.js';

const COUNT = 70;

describe('a history of texts as long as they may be', { timeout: 20_000 }, () => {
  const stage = new Stage();
  let ada: Person;
  beforeAll(async () => {
    ada = await stage.quickPerson('ada');
    await ada.program.call('contact.add', { id: ada.id, name: 'me' });
    for (let number = 0; number < COUNT; number += 1) {
      const text = `${number} `.padEnd(MAX_TEXT_BYTES, 'x');
      await ada.program.call('message.send', { contact: 'me', text });
    }
  });
  afterAll(() => stage.end());

  it('comes in pages of 4 MiB at most, without a gap between them', async () => {
    const numbers: number[] = [];
    let before: string | undefined;
    let more = true;
    const lengths: number[] = [];
    while (more) {
      const page: ResultOf<'message.history'> = await ada.program.call('message.history', {
        contact: 'me',
        limit: 500,
        before,
      });
      numbers.unshift(...page.messages.map(({ text = '' }) => Number.parseInt(text, 10)));
      lengths.push(page.messages.length);
      before = page.messages[0]?.id;
      ({ more } = page);
    }
    expect(lengths).toEqual([64, COUNT - 64]);
    expect(numbers).toEqual(Array.from({ length: COUNT }, (_, index) => index));
  });
});
