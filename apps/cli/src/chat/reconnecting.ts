import type { GravyEvent } from '@gravy/messenger';
import type { Printed } from './screen.js';
import type { Voice } from './voice.js';

type Retrying = Extract<GravyEvent, { method: 'session.retrying' }>['params'];

/** From this attempt on it is likely that the other person is somewhere else. */
const MOVED_FROM_ATTEMPT = 3;
const NOBODY_THERE: ReadonlySet<string> = new Set(['unreachable', 'peer_not_authentic']);

/** Says when a contact will be dialled again and why the last attempt failed, on one line that is renewed. */
export class Reconnecting {
  readonly #voice: Voice;
  readonly #due = new Map<string, { readonly at: number; readonly printed?: Printed }>();

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  /** Whether the contact is being dialled, or will be. */
  has(contact: string): boolean {
    return this.#due.has(contact);
  }

  /** `name` is escaped. Before the end of the session was told there is nothing to say: `wait` says it. */
  retrying(params: Retrying, name: string, isSessionOpen: boolean): void {
    const { contact, at } = params;
    const earlier = this.#due.get(contact)?.printed;
    if (isSessionOpen) {
      this.#due.set(contact, { at });
      return;
    }
    const text = `Connecting to ${name} again ${this.#wait(at)}.${reasonOf(params)}`;
    this.#due.set(contact, { at, printed: this.#voice.noticeAgain(earlier, text) });
  }

  /** What follows the end of a session that will be taken up again. */
  promise(contact: string): string {
    const due = this.#due.get(contact);
    return due === undefined ? 'Connecting again.' : `Connecting again ${this.#wait(due.at)}.`;
  }

  over(contact: string): void {
    this.#due.delete(contact);
  }

  #wait(at: number): string {
    const seconds = Math.ceil((at - Date.now()) / 1000);
    return seconds > 0 ? `in ${seconds} s` : 'now';
  }
}

function reasonOf({ code, message, attempt }: Retrying): string {
  if (message === undefined) return '';
  const isMoved = attempt >= MOVED_FROM_ATTEMPT && code !== undefined && NOBODY_THERE.has(code);
  return ` ${message}${isMoved ? ' If they host elsewhere now, ask them for the new URL.' : ''}`;
}
