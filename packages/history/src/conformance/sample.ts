import assert from 'node:assert/strict';
import type { MessageKey, NewMessage } from '../message-row.js';
import type { ConformingHistory } from './conforming-history.js';

/** So many bytes, told apart by a number. */
export function idOf(length: number, number: number): Uint8Array {
  const id = new Uint8Array(length);
  new DataView(id.buffer).setUint32(0, number);
  return id;
}

export const ada = idOf(32, 1);
export const ben = idOf(32, 2);

export async function addContacts({ contacts }: ConformingHistory): Promise<void> {
  await contacts.add({ id: ada, name: 'Ada', addedAt: 1 });
  await contacts.add({ id: ben, name: 'Ben', addedAt: 2 });
}

export function outgoing(number: number, rest: Partial<NewMessage> = {}): NewMessage {
  const base = { contact: ada, direction: 'out', at: number, state: 'queued' } as const;
  return { id: idOf(16, number), text: `text ${number}`, ...base, ...rest };
}

export function incoming(number: number, rest: Partial<NewMessage> = {}): NewMessage {
  return outgoing(number, { direction: 'in', state: 'delivered', receivedAt: number, ...rest });
}

export function keyOf({ contact, direction, id }: NewMessage): MessageKey {
  return { contact, direction, id };
}

/** Fails unless the promise rejects with this code. */
export async function rejectsWith(code: string, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.equal((error as { code?: unknown }).code, code);
    return true;
  });
}
