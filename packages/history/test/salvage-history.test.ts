import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineHistory, openHistory, salvageHistory } from '../src/index.js';
import { FreshStore, idOf, key } from './fresh-store.js';

const PAGE_BYTES = 4_096;
const contact = idOf(32, 1);
const COUNT = 900;

describe('a damaged store', { timeout: 60_000 }, () => {
  let fresh: FreshStore;
  let intact: Buffer;
  let into: string;

  beforeEach(async () => {
    fresh = new FreshStore();
    into = join(fresh.folder, 'salvaged.db');
    const { contacts, messages, settings } = fresh.store;
    await contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
    await settings.set('theme', 'dark');
    const message = { contact, direction: 'out', at: 0, state: 'sent' } as const;
    await Promise.all(
      Array.from({ length: COUNT }, (_, number) =>
        messages.append({ ...message, id: idOf(16, number), text: `${number} ${'x'.repeat(700)}` }),
      ),
    );
    fresh.store.close();
    intact = readFileSync(fresh.path);
  });
  afterEach(() => fresh.end());

  const damage = (pages: readonly number[], at = 2_000): Buffer => {
    const bytes = Buffer.from(intact);
    for (const page of pages) {
      const offset = (page - 1) * PAGE_BYTES + at;
      bytes[offset] = (bytes[offset] ?? 0) ^ 4;
    }
    writeFileSync(fresh.path, bytes);
    return bytes;
  };
  const rowsOf = (name: string, { tables } = examineHistory({ path: fresh.path, key })) =>
    tables.find((table) => table.name === name);
  /** How many messages a store has, and that they are what they were. */
  const countOf = (path: string): number => {
    const store = openHistory({ path, key });
    try {
      const { messages } = store.messages.page({ contact, limit: COUNT + 1 });
      for (const { id, text } of messages) {
        const number = new DataView(id.buffer).getUint32(0);
        expect(text).toBe(`${number} ${'x'.repeat(700)}`);
      }
      return messages.length;
    } finally {
      store.close();
    }
  };

  it('that is not damaged reads as a whole', () => {
    const report = examineHistory({ path: fresh.path, key });
    expect(report.pages).toBe(intact.length / PAGE_BYTES);
    expect(report.damagedPages).toEqual([]);
    expect(rowsOf('messages', report)).toEqual({ name: 'messages', rows: COUNT, isComplete: true });
    expect(report.tables.every(({ isComplete }) => isComplete)).toBe(true);
    expect(readdirSync(fresh.folder)).toEqual(['history.db']);
  });

  it('is salvaged but for the pages that are damaged, and stays as it is', () => {
    const pages = [40, 41, 90, 150];
    const bytes = damage(pages);
    const code = { code: 'store_damaged', page: 40 };
    expect(() => openHistory({ path: fresh.path, key })).toThrow(expect.objectContaining(code));
    const report = salvageHistory({ path: fresh.path, key, into });
    expect(report.damagedPages).toEqual(pages);
    expect(readFileSync(fresh.path).equals(bytes)).toBe(true);
    const salvaged = countOf(into);
    expect(rowsOf('messages', report)).toMatchObject({ rows: salvaged, isComplete: false });
    // Four or five messages stand on a page; a page of an index costs none.
    expect(salvaged).toBeGreaterThanOrEqual(COUNT - pages.length * 5);
    expect(salvaged).toBeLessThan(COUNT);
  });

  it('with one page damaged, whichever, loses no more than what is on it or below', () => {
    for (let page = 2; page <= intact.length / PAGE_BYTES; page += 29) {
      damage([page]);
      const { damagedPages, tables } = examineHistory({ path: fresh.path, key });
      expect(damagedPages).toEqual([page]);
      const lost = tables.filter(({ isComplete }) => !isComplete);
      const rows = tables.find(({ name }) => name === 'messages')?.rows ?? 0;
      if (lost.length === 0) expect(rows, `page ${page}`).toBe(COUNT);
    }
  });

  it('with nothing but its first bytes damaged is salvaged whole', () => {
    damage([1], 3);
    expect(() => openHistory({ path: fresh.path, key })).toThrow(
      expect.objectContaining({ code: 'store_damaged', page: 1 }),
    );
    salvageHistory({ path: fresh.path, key, into });
    expect(countOf(into)).toBe(COUNT);
  });

  it('that was cut off is salvaged up to there', () => {
    writeFileSync(fresh.path, intact.subarray(0, intact.length / 2));
    expect(() => openHistory({ path: fresh.path, key })).toThrow(
      expect.objectContaining({ code: 'store_truncated' }),
    );
    const report = salvageHistory({ path: fresh.path, key, into });
    expect(rowsOf('messages', report)?.isComplete).toBe(false);
    const salvaged = countOf(into);
    expect(salvaged).toBeGreaterThan(COUNT / 4);
  });

  it('without its contacts keeps the messages, for somebody to be named', () => {
    const bytes = Buffer.from(intact);
    for (let page = 2; page <= 3; page += 1)
      bytes.fill(0, (page - 1) * PAGE_BYTES, page * PAGE_BYTES);
    writeFileSync(fresh.path, bytes);
    const report = salvageHistory({ path: fresh.path, key, into });
    expect(rowsOf('contacts', report)).toMatchObject({ rows: 0, isComplete: false });
    const store = openHistory({ path: into, key });
    expect(store.contacts.list()).toMatchObject([{ name: 'Recovered 1' }]);
    store.close();
  });

  it('of which nothing reads is not salvaged, nor is what is no store of this key', () => {
    const codeOf = (path: string, withKey = key): unknown => {
      try {
        return salvageHistory({ path, key: withKey, into });
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(
      codeOf(
        fresh.path,
        key.map((byte) => byte ^ 1),
      ),
    ).toBe('wrong_key');
    damage([1]);
    expect(codeOf(fresh.path)).toBe('store_damaged');
    expect(examineHistory({ path: fresh.path, key })).toMatchObject({
      damagedPages: [1],
      tables: [],
    });
    writeFileSync(fresh.path, 'A letter.'.repeat(1_000));
    expect(codeOf(fresh.path)).toBe('not_a_store');
    expect(codeOf(join(fresh.folder, 'nowhere'))).toBe('no_permission');
    expect(existsSync(into)).toBe(false);
    expect(readdirSync(fresh.folder)).toEqual(['history.db']);
    mkdirSync(into);
    expect(codeOf(fresh.path)).toBe('store_exists');
    expect(readdirSync(fresh.folder).toSorted()).toEqual(['history.db', 'salvaged.db']);
  });
});
