import { type MessageState, stateNumber } from './message-row.js';
import type { Database, Statement } from './sqlite.js';

/** From which states an outgoing message may come to a state: never backwards, but the peer's word about storing it always counts. */
const COMES_FROM: Readonly<Record<MessageState, readonly MessageState[]>> = {
  queued: [],
  sent: ['queued'],
  delivered: ['queued', 'sent', 'failed', 'cancelled'],
  read: ['queued', 'sent', 'delivered', 'failed', 'cancelled'],
  failed: ['queued', 'sent'],
  cancelled: ['queued'],
};

/** For each state what brings an outgoing message there, by the new state's number, its contact's key and its id. */
export function stateStatements(
  database: Database,
): Readonly<Record<MessageState, Statement<[number, number, Uint8Array], never>>> {
  const into = (state: MessageState): Statement<[number, number, Uint8Array], never> =>
    database.prepare(
      `UPDATE messages SET state = ? WHERE contact = ? AND direction = 1 AND id = ?
       AND state IN (${COMES_FROM[state].map(stateNumber).join(', ')})`,
    );
  return {
    queued: into('queued'),
    sent: into('sent'),
    delivered: into('delivered'),
    read: into('read'),
    failed: into('failed'),
    cancelled: into('cancelled'),
  };
}

/** By the contact's key and the first and last place in the order of storing; gives the ids. */
export type MarkSent = Statement<[number, number, number], { id: Buffer }>;

/** The same as `sent` above for messages that follow one another: places need no look-up in an index. */
export function markSentStatement(database: Database): MarkSent {
  return database.prepare(
    `UPDATE messages SET state = ${stateNumber('sent')}
     WHERE contact = ? AND sequence BETWEEN ? AND ? AND direction = 1
       AND state = ${stateNumber('queued')} RETURNING id`,
  );
}

/** Places that follow one another, as the first and the last of them. */
export function stretchesOf(places: readonly number[]): (readonly [first: number, last: number])[] {
  const stretches: [number, number][] = [];
  for (const place of places) {
    const current = stretches.at(-1);
    if (current !== undefined && place === current[1] + 1) current[1] = place;
    else stretches.push([place, place]);
  }
  return stretches;
}
