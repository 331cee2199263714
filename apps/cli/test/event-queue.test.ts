import type { GravyEvent } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../src/chat/event-queue.js';

const typing = (contact: string): GravyEvent => ({ method: 'typing', params: { contact } });

function bench(waits: Readonly<Record<string, Promise<void>>> = {}): {
  queue: EventQueue;
  told: string[];
  failures: unknown[];
} {
  const told: string[] = [];
  const failures: unknown[] = [];
  const queue = new EventQueue({
    handle: (event) => {
      if (event.method !== 'typing') return undefined;
      const { contact } = event.params;
      const wait = waits[contact];
      if (wait === undefined) told.push(contact);
      return wait?.then(() => void told.push(contact));
    },
    fail: (error) => failures.push(error),
  });
  return { queue, told, failures };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('EventQueue', () => {
  it('hands on at once where nothing has to be loaded', () => {
    const { queue, told } = bench();
    queue.push(typing('ada'));
    expect(told).toEqual(['ada']);
  });

  it('keeps the order where something has', async () => {
    const loading = Promise.withResolvers<void>();
    const { queue, told } = bench({ ben: loading.promise, carol: Promise.resolve() });
    for (const contact of ['ada', 'ben', 'ada', 'carol', 'ada']) queue.push(typing(contact));
    await turn();
    expect(told).toEqual(['ada']);
    loading.resolve();
    await turn();
    expect(told).toEqual(['ada', 'ben', 'ada', 'carol', 'ada']);
  });

  it('goes on after a failure, which is told', async () => {
    const { queue, told, failures } = bench({ ben: Promise.reject(new Error('lost')) });
    queue.push(typing('ben'));
    queue.push(typing('ada'));
    await turn();
    expect(told).toEqual(['ada']);
    expect(failures).toEqual([new Error('lost')]);
  });

  it('holds everything back during an opening, also one that fails', async () => {
    const { queue, told } = bench();
    const opening = Promise.withResolvers<void>();
    const held = queue.holdDuring(opening.promise);
    queue.push(typing('ada'));
    expect(told).toEqual([]);
    opening.reject(new Error('port in use'));
    await expect(held).rejects.toThrow('port in use');
    expect(told).toEqual(['ada']);
  });
});
