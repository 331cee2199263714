// A million messages: storing them beside better-sqlite3 without encryption, searching and reading them.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHistory, type HistoryStore } from '@gravy/history';
import { ChatText } from './chat-text.ts';
import { openPlainHistory, type PlainHistory, type PlainMessage } from './peers/plain-history.ts';
import { speedFigure, timeFigure, type Figure, type Goal, type Report } from './report.ts';
import { spreadOf, type Timing } from './rounds.ts';

const MESSAGES = Number(process.env['GRAVY_BENCH_MESSAGES'] ?? '1000000');
const CONTACTS = 50;
const TRANSACTION_MESSAGES = 1_000;
const ROUND_MESSAGES = Math.max(TRANSACTION_MESSAGES, Math.floor(MESSAGES / 50));
const QUERIES = 200;
const SEED = 6;

const key = new Uint8Array(32).fill(7);
const contactId = (number: number): Buffer => Buffer.alloc(32, number);

export async function history(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'gravy-bench-'));
  try {
    const text = new ChatText(SEED);
    const path = join(folder, 'history.db');
    const plainPath = join(folder, 'plain.db');
    const inserts = await insert(path, plainPath, text);
    const indexing = await index(path);
    const opening = await opened(path);
    const store = openHistory({ path, key });
    const figures = [
      ...inserts,
      ...indexing,
      opening,
      ...(await searches(store, text)),
      await pages(store),
    ];
    store.close();
    return { name: 'history', figures: [...figures, ...sizes(path, plainPath)] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Clock {
  readonly samples: number[];
  readonly processorSamples: number[];
}

/** Time for one message, in microseconds. */
async function timed(clock: Clock, count: number, work: () => unknown): Promise<void> {
  const used = process.cpuUsage();
  const start = performance.now();
  await work();
  clock.samples.push(((performance.now() - start) * 1_000) / count);
  const { user, system } = process.cpuUsage(used);
  clock.processorSamples.push((user + system) / count);
}

/** The same messages to both, one round of each in turns. */
async function insert(path: string, plainPath: string, text: ChatText): Promise<Figure[]> {
  const store = openHistory({ path, key });
  const plain = openPlainHistory(plainPath, CONTACTS);
  for (let number = 1; number <= CONTACTS; number += 1) {
    await store.contacts.add({ id: contactId(number), name: `Contact ${number}`, addedAt: 0 });
  }
  const ours: Clock = { samples: [], processorSamples: [] };
  const theirs: Clock = { samples: [], processorSamples: [] };
  for (let stored = 0; stored < MESSAGES; stored += ROUND_MESSAGES) {
    const messages = Array.from({ length: ROUND_MESSAGES }, (_, number) => ({
      id: text.bytes(16),
      contact: 1 + ((stored + number) % CONTACTS),
      at: stored + number,
      text: text.message(),
    }));
    const turns = [
      () => timed(ours, ROUND_MESSAGES, () => appendAll(store, messages)),
      () => timed(theirs, ROUND_MESSAGES, () => plainAppendAll(plain, messages)),
    ];
    for (const turn of (stored / ROUND_MESSAGES) % 2 === 0 ? turns : turns.toReversed())
      await turn();
  }
  store.close();
  plain.close();
  const [one, other]: Timing[] = [
    { name: 'storing a message, 1,000 in one turn', ...ours },
    { name: 'better-sqlite3, not encrypted, 1,000 in one transaction', ...theirs },
  ];
  if (one === undefined || other === undefined) return [];
  return [
    timeFigure(one.name, one, 'us'),
    timeFigure(other.name, other, 'us'),
    speedFigure('storing against better-sqlite3', one, other, { atLeast: 0.8 }),
  ];
}

function batches(messages: readonly PlainMessage[]): (readonly PlainMessage[])[] {
  return Array.from({ length: Math.ceil(messages.length / TRANSACTION_MESSAGES) }, (_, number) =>
    messages.slice(number * TRANSACTION_MESSAGES, (number + 1) * TRANSACTION_MESSAGES),
  );
}

function plainAppendAll(plain: PlainHistory, messages: readonly PlainMessage[]): void {
  for (const batch of batches(messages)) plain.append(batch);
}

async function appendAll(store: HistoryStore, messages: readonly PlainMessage[]): Promise<void> {
  const received = { direction: 'in', state: 'read' } as const;
  for (const batch of batches(messages)) {
    await Promise.all(
      batch.map(({ contact, ...message }) =>
        store.messages.append({
          ...message,
          ...received,
          contact: contactId(contact),
          receivedAt: message.at,
        }),
      ),
    );
  }
}

/** What the index costs when nobody is waiting for it: all at once here, in slices of 5 ms. */
async function index(path: string): Promise<Figure[]> {
  const store = openHistory({ path, key });
  const clock: Clock = { samples: [], processorSamples: [] };
  await timed(clock, MESSAGES, () => store.search.prepare());
  store.close();
  return [
    timeFigure('putting a message into the search index, later', { name: '', ...clock }, 'us'),
  ];
}

async function opened(path: string): Promise<Figure> {
  const samples: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const start = performance.now();
    const store = openHistory({ path, key });
    store.contacts.list();
    samples.push(performance.now() - start);
    store.close();
  }
  return millisecondsFigure('opening, and the list of contacts', samples, { atMost: 100 });
}

async function searches(store: HistoryStore, text: ChatText): Promise<Figure[]> {
  const kinds: readonly (readonly [string, (number: number) => string])[] = [
    ['a rare word', (number) => text.word(20_000 + number * 40)],
    ['a common word', (number) => text.word(number)],
    ['the first letters of a word', (number) => text.word(1_000 + number * 20).slice(0, 3)],
    ['two common words', (number) => `${text.word(number)} ${text.word(number + 100)}`],
    ['two Chinese characters', () => text.pair()],
  ];
  // The newest messages' index is in memory, and is made on the first search.
  const start = performance.now();
  await store.search.find({ query: 'first', limit: 50 });
  const first = performance.now() - start;
  const figures = [millisecondsFigure('first search after opening', [first])];
  for (const [name, queryOf] of kinds) {
    const clock: Clock = { samples: [], processorSamples: [] };
    let found = 0;
    for (let number = 0; number < QUERIES; number += 1) {
      const query = queryOf(number);
      const contact = number % 2 === 0 ? undefined : contactId(1 + (number % CONTACTS));
      await timed(clock, 1_000, async () => {
        found += (await store.search.find({ query, contact, limit: 50 })).total;
      });
    }
    const mean = Math.round(found / QUERIES).toLocaleString('en');
    const what = `searching ${name} (${mean} matches on average), p95`;
    figures.push(percentileFigure(what, clock, { atMost: 20 }));
  }
  return figures;
}

async function pages(store: HistoryStore): Promise<Figure> {
  const clock: Clock = { samples: [], processorSamples: [] };
  for (let number = 0; number < QUERIES; number += 1) {
    const contact = contactId(1 + (number % CONTACTS));
    await timed(clock, 1_000, () => store.messages.page({ contact, limit: 50 }));
  }
  return percentileFigure('last 50 messages of a conversation, p95', clock, { atMost: 5 });
}

function mib(file: string): number {
  return statSync(file).size / 2 ** 20;
}

function sizes(path: string, plainPath: string): Figure[] {
  return [
    { what: 'size of the file, with its search index', value: mib(path), unit: 'MiB' },
    { what: 'better-sqlite3, without a search index', value: mib(plainPath), unit: 'MiB' },
    {
      what: 'resident memory of the process',
      value: process.memoryUsage.rss() / 2 ** 20,
      unit: 'MiB',
    },
  ];
}

function millisecondsFigure(what: string, samples: readonly number[], goal?: Goal): Figure {
  const { low, median, high } = spreadOf(samples);
  const figure = { what, value: median, unit: 'ms', range: [low, high] } as const;
  return { ...figure, ...(goal ? { goal } : {}) };
}

/** What 95 of 100 stay below, out of samples for a thousandth each, in milliseconds for the whole. */
function percentileFigure(what: string, clock: Clock, goal: Goal): Figure {
  const { low, high } = spreadOf(clock.samples);
  const value = p95(clock.samples);
  return {
    what,
    value,
    unit: 'ms',
    range: [low, high],
    byProcessor: p95(clock.processorSamples),
    goal,
  };
}

function p95(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.ceil(samples.length * 0.95) - 1] ?? Number.NaN;
}
