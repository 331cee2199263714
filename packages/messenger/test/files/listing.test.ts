import { afterEach, beforeEach, expect, it } from 'vitest';
import { WiredPeople, type WiredPerson } from './wired-people.js';

let people: WiredPeople & Record<'ada' | 'ben', WiredPerson>;

beforeEach(async () => {
  people = await WiredPeople.meet('ada', 'ben');
}, 60_000);
afterEach(() => people.end());

it('the newest are listed, and by its id any, however old', async () => {
  const { ada, ben } = people;
  const ids: string[] = [];
  for (const name of ['one', 'two', 'three']) ids.push(await ada.offer(ben, name, 1));
  const { desk } = ada.account.files;
  const names = (options: { id?: string; contact?: string }): string[] =>
    desk.list({ ...options, limit: 1 }).map(({ name }) => name);
  expect(names({})).toEqual(['three']);
  expect(ids.map((id) => names({ id }))).toEqual([['one'], ['two'], ['three']]);
  expect(ids.map((id) => names({ id, contact: 'ben' }))).toEqual([['one'], ['two'], ['three']]);
  expect(names({ id: 'A'.repeat(22) })).toEqual([]);
});
