import type { GravyEvent } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import type { Printed } from './screen.js';
import type { Voice } from './voice.js';

type Retrying = Extract<GravyEvent, { method: 'session.retrying' }>['params'];

/** From this attempt on it is likely that the other person is somewhere else. */
const MOVED_FROM_ATTEMPT = 3;
const NOBODY_THERE: ReadonlySet<string> = new Set(['unreachable', 'peer_not_authentic']);

/** Says when a contact will be dialled again and why the last attempt failed, on one line that is renewed. */
export class Reconnecting {
  readonly #voice: Voice;
  /** The line about each contact that is being dialled, or will be. */
  readonly #lines = new Map<string, Printed>();

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  has(contact: string): boolean {
    return this.#lines.has(contact);
  }

  /** `name` is escaped. */
  retrying(params: Retrying, name: string): void {
    const { contact, at } = params;
    const seconds = Math.ceil((at - Date.now()) / 1000);
    const wait = seconds > 0 ? `in ${seconds} s` : 'now';
    const text = `Connecting to ${name} again ${wait}.${reasonOf(params)}`;
    this.#lines.set(contact, this.#voice.noticeAgain(this.#lines.get(contact), text));
  }

  over(contact: string): void {
    this.#lines.delete(contact);
  }
}

function reasonOf({ code, message, attempt }: Retrying): string {
  if (message === undefined) return '';
  const isMoved = attempt >= MOVED_FROM_ATTEMPT && code !== undefined && NOBODY_THERE.has(code);
  return ` ${escapeLine(message)}${isMoved ? ' If they host elsewhere now, ask them for the new URL.' : ''}`;
}
