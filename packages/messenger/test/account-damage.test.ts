import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person, Stage } from './chat-people.js';

const TEXTS = 200;

describe('a damaged file of an account', { timeout: 30_000 }, () => {
  const stage = new Stage();
  let ada: Person;
  let id: string;

  beforeAll(async () => {
    ada = await stage.quickPerson('ada');
    ({ id } = ada);
    await ada.program.call('contact.add', { id, name: 'me' });
    const texts = Array.from({ length: TEXTS }, (_, index) => `${index} ${'x'.repeat(2_000)}`);
    await Promise.all(
      texts.map((text) => ada.program.call('message.send', { contact: 'me', text })),
    );
    await ada.program.call('account.lock', {});
  });
  afterAll(() => stage.end());

  const path = (name: string): string => join(ada.home, 'accounts', 'ada', name);
  const unlock = (password = PASSWORD): Promise<unknown> =>
    ada.program.call('account.unlock', { name: 'ada', password });
  /** Puts other bytes in the place of a file, and the right ones back after the test. */
  const withDamage = async (
    name: string,
    damage: (bytes: Buffer) => Buffer | string,
    test: () => Promise<void>,
  ): Promise<void> => {
    const whole = readFileSync(path(name));
    const damaged = Buffer.from(damage(Buffer.from(whole)));
    writeFileSync(path(name), damaged);
    try {
      await test();
      expect(readFileSync(path(name)).equals(damaged)).toBe(true);
    } finally {
      await ada.program.call('account.lock', {});
      writeFileSync(path(name), whole);
    }
  };

  it.each<[string, (bytes: Buffer) => Buffer | string]>([
    ['is empty', () => ''],
    ['is no JSON', () => 'hello'],
    ['is null', () => 'null'],
    ['is cut short', (bytes) => bytes.subarray(0, bytes.length - 20)],
    ['has something appended', (bytes) => `${bytes.toString()}{}`],
    ['has a field more', (bytes) => bytes.toString().replace('{', '{"admin": true,')],
    ['has another salt', (bytes) => bytes.toString().replace(/("salt": ")./u, '$1!')],
    ['has one letter of the ciphertext changed', changedCiphertext],
    [
      'asks for an absurd cost',
      (bytes) => bytes.toString().replace(/"N": \d+/u, '"N": 1073741824'),
    ],
    ['is a megabyte of zeros', () => Buffer.alloc(1_048_576)],
  ])('is told and left alone: a key file that %s', (_what, damage) =>
    withDamage('identity.json', damage, async () => {
      await expect(unlock()).rejects.toMatchObject({ code: 'identity_damaged' });
      await expect(unlock('wrong')).rejects.toMatchObject({ code: 'identity_damaged' });
      const create = ada.program.call('account.create', { name: 'ADA', password: 'other' });
      await expect(create).rejects.toMatchObject({ code: 'account_exists' });
      expect(await ada.program.call('account.list', {})).toMatchObject([{ name: 'ada' }]);
    }),
  );

  it('is told and left alone: a key file of a newer version', () =>
    withDamage(
      'identity.json',
      (bytes) => bytes.toString().replace('"version": 1', '"version": 2'),
      async () => {
        await expect(unlock()).rejects.toMatchObject({ code: 'identity_too_new' });
      },
    ));

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['is no database', (bytes) => Buffer.alloc(bytes.length, 'x')],
    ['is a database without encryption', () => Buffer.from('SQLite format 3\0'.padEnd(4096, '\0'))],
    ['has one bit changed on its first page', (bytes) => flipped(bytes, 1_000)],
    ['has one bit changed in its header', (bytes) => flipped(bytes, 20)],
    ['is a part of a page', (bytes) => bytes.subarray(0, 100)],
  ])('is told and left alone: a history that %s', (_what, damage) =>
    withDamage('history.db', damage, async () => {
      await expect(unlock()).rejects.toMatchObject({ code: 'store_damaged' });
      await expect(ada.program.call('contact.list', {})).rejects.toMatchObject({ code: 'locked' });
    }),
  );

  it('is told where it is met: a history with one bit changed on a later page', () =>
    withDamage(
      'history.db',
      (bytes) => flipped(bytes, Math.floor(bytes.length / 2)),
      async () => {
        const read = async (): Promise<unknown> => {
          await unlock();
          return ada.program.call('message.history', { contact: 'me', limit: 500 });
        };
        await expect(read()).rejects.toMatchObject({ code: 'store_damaged' });
      },
    ));

  it('is examined and copied as far as it reads: a history with one bit changed on some page', () =>
    withDamage(
      'history.db',
      (bytes) => flipped(bytes, Math.floor(bytes.length / 2)),
      async () => {
        const condition = await ada.program.call('account.examine', {
          name: 'ada',
          password: PASSWORD,
        });
        const page = Math.floor(condition.pages / 2) + 1;
        expect(condition).toMatchObject({ damagedPages: 1, firstDamagedPages: [page] });
        const salvage = (as: string): Promise<unknown> =>
          ada.program.call('account.salvage', { name: 'ada', password: PASSWORD, as });
        await expect(salvage('Ada')).rejects.toMatchObject({ code: 'account_exists' });
        expect(await salvage('ada-salvaged')).toEqual({
          name: 'ada-salvaged',
          id,
          history: condition,
        });
        await ada.program.call('account.unlock', { name: 'ada-salvaged', password: PASSWORD });
        const { messages } = await ada.program.call('message.history', {
          contact: 'me',
          limit: 500,
        });
        const texts = messages.map(({ text = '' }) => Number(text.split(' ')[0]));
        // What is lost is what that page had, if it had any, and nothing else.
        expect(texts.length).toBeGreaterThan(TEXTS - 5);
        expect(texts).toEqual(texts.toSorted((a, b) => a - b));
        const rows = condition.tables.find(({ name }) => name === 'messages')?.rows;
        expect(texts).toHaveLength(rows ?? -1);
        await ada.program.call('account.delete', { name: 'ada-salvaged', confirm: 'ada-salvaged' });
      },
    ));

  it('is not examined without the password, nor salvaged if nothing of it reads', () =>
    withDamage(
      'history.db',
      (bytes) => flipped(bytes, 1_000),
      async () => {
        const call = { name: 'ada', password: PASSWORD };
        const asked = ada.program.call('account.examine', { ...call, password: 'wrong' });
        await expect(asked).rejects.toMatchObject({ code: 'wrong_password' });
        const condition = await ada.program.call('account.examine', call);
        expect(condition).toMatchObject({ firstDamagedPages: [1], tables: [] });
        const salvage = ada.program.call('account.salvage', { ...call, as: 'other' });
        await expect(salvage).rejects.toMatchObject({ code: 'store_damaged' });
        expect(await ada.program.call('account.list', {})).toMatchObject([{ name: 'ada' }]);
      },
    ));

  it('is as good as new once the right one is back', async () => {
    expect(await unlock()).toEqual({ name: 'ada', id });
    const history = await ada.program.call('message.history', { contact: 'me', limit: 500 });
    expect(history.messages).toHaveLength(TEXTS);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes;
}

function changedCiphertext(bytes: Buffer): string {
  return bytes
    .toString()
    .replace(/("ciphertext": ")(.)/u, (_all, start: string, letter: string) => {
      return `${start}${letter === 'A' ? 'B' : 'A'}`;
    });
}
