import type { Message } from '@gravy/messenger';
import { dayOf } from '../parts/times.js';

/** What stands in the log, from top to bottom. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** Whether the one before it is of the same person and a moment ago: then one head is enough. */
      readonly isContinued: boolean;
    };

const MOMENT_MS = 5 * 60_000;

/** Rows of a conversation, by local days, with a line before the first one that is new. */
export function rowsOf(messages: readonly Message[], firstNew: string | undefined): readonly Row[] {
  const rows: Row[] = [];
  let previous: Message | undefined;
  let day: number | undefined;
  for (const message of messages) {
    const { id, at } = message;
    const messageDay = dayOf(at);
    const beginsDay = messageDay !== day;
    if (beginsDay) rows.push({ kind: 'day', key: `day-${id}`, at });
    if (id === firstNew) rows.push({ kind: 'new', key: 'new' });
    rows.push({
      kind: 'message',
      key: id,
      message,
      isContinued:
        !beginsDay &&
        id !== firstNew &&
        previous?.direction === message.direction &&
        at - previous.at < MOMENT_MS &&
        message.replyTo === undefined,
    });
    previous = message;
    day = messageDay;
  }
  return rows;
}
