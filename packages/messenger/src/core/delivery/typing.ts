// TYPING, both ways: Spec 8.7.
import { KIND_TYPING } from '../../application/kinds.js';
import { decodeTyping, encodeTyping } from '../../application/presence-bodies.js';
import type { EventHub } from '../event-hub.js';
import type { Clock } from '../ports/clock.js';
import type { Session } from '../sessions/session-registry.js';
import type { AccountSettings } from '../settings.js';

const SEND_AT_MOST_EVERY_MS = 3_000;
const TELL_AT_MOST_EVERY_MS = 1_000;

/** Says and hears that somebody is writing, only where the person has turned that on. */
export class Typing {
  readonly #events: EventHub;
  readonly #settings: AccountSettings;
  readonly #clock: Clock;
  readonly #sentAt = new WeakMap<Session, number>();
  readonly #toldAt = new WeakMap<Session, number>();

  constructor(options: { events: EventHub; settings: AccountSettings; clock: Clock }) {
    this.#events = options.events;
    this.#settings = options.settings;
    this.#clock = options.clock;
  }

  /** Never rejects: nothing depends on its arrival. */
  async tell(session: Session | undefined): Promise<void> {
    if (session === undefined || !this.#settings.current.typing) return;
    if (!this.#isDue(this.#sentAt, session, SEND_AT_MOST_EVERY_MS)) return;
    await session.channel.send(KIND_TYPING, encodeTyping()).catch(() => undefined);
  }

  /** @throws MalformedBodyError */
  async take(session: Session, body: Uint8Array): Promise<void> {
    decodeTyping(body);
    if (!this.#settings.current.typing) return;
    if (!this.#isDue(this.#toldAt, session, TELL_AT_MOST_EVERY_MS)) return;
    this.#events.emit({ method: 'typing', params: { contact: session.contact } });
  }

  #isDue(times: WeakMap<Session, number>, session: Session, everyMs: number): boolean {
    const elapsed = this.#clock.elapsed();
    const last = times.get(session);
    if (last !== undefined && elapsed - last < everyMs) return false;
    times.set(session, elapsed);
    return true;
  }
}
