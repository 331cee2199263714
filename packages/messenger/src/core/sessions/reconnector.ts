import { MessengerError } from '../../errors.js';
import type { EventHub } from '../event-hub.js';
import type { Clock } from '../ports/clock.js';
import type { ChannelEnd } from '../ports/network.js';
import { backOffMs } from './back-off.js';
import { mayReconnect } from './close-reason.js';
import type { Session } from './session-registry.js';

/** A guest dials back at once; its host leaves it some time for that. */
const FIRST_ATTEMPT = { guest: 1, host: 5 } as const;
/** A session that lasted less counts as another failed attempt. */
const STABLE_AFTER_MS = 30_000;

/**
 * Spec 2.7: who is refused hears nothing, and a line that breaks at that moment looks the same. So
 * often in a row it is no accident.
 */
const MAX_REFUSALS = 4;

/** After these nobody but the person can help. */
const FINAL: ReadonlySet<string> = new Set([
  'no_such_contact',
  'no_address',
  'not_public',
  'invalid_url',
]);

/** What connecting again depends on. Contacts are ids as text. */
export interface ReconnectPlan {
  /** Dials every known address. */
  dial(contact: string): Promise<unknown>;
  /** Whether the person wants it, and there is somebody and somewhere to dial. */
  isWanted(contact: string): boolean;
  isOnline(contact: string): boolean;
  /** All addresses were tried in vain: once, and again when there was a new reason to try them. */
  onUnreachable(contact: string): void;
}

interface Waiting {
  /** The number of the attempt that is due or under way. */
  readonly attempt: number;
  /** How many attempts in a row before it seemed to be refused. */
  readonly refusals: number;
  readonly callOff: () => void;
  readonly wasToldUnreachable: boolean;
}

/**
 * Connects again to contacts whose session was lost, for as long as it takes.
 *
 *     (nothing) --session lost--> waiting --time is up, or the machine wakes--> dialling
 *         ^  ^                       ^                                             |
 *         |  `--session opened, person says stop, contact gone--------------------+
 *         |                          `-----------------failed, to be tried again---'
 *         `------------------------------------------------failed for good, gaveUp-'
 */
export class Reconnector {
  readonly #plan: ReconnectPlan;
  readonly #events: EventHub;
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Waiting>();
  /** How many sessions in a row ended soon after they began; at most one entry for each contact. */
  readonly #shortLived = new Map<string, number>();
  #isClosed = false;

  constructor(options: { plan: ReconnectPlan; events: EventHub; clock: Clock }) {
    this.#plan = options.plan;
    this.#events = options.events;
    this.#clock = options.clock;
  }

  /** A session has begun: there is nothing to do with this contact any more. */
  opened({ contact }: Session): void {
    this.#forget(contact);
  }

  /** Whether the contact of a session that has ended will be dialled again. */
  willReconnect({ contact, role }: Session, end: ChannelEnd): boolean {
    // There may be another session with it, in the other role.
    if (this.#isClosed || this.#plan.isOnline(contact)) return false;
    return mayReconnect(role, end) && this.#plan.isWanted(contact);
  }

  ended(session: Session, end: ChannelEnd): void {
    const { contact, role, openedAt } = session;
    if (this.#plan.isOnline(contact)) return;
    if (!this.willReconnect(session, end)) {
      this.stop(contact);
      return;
    }
    const wasShort = this.#clock.now() - openedAt < STABLE_AFTER_MS;
    const shortLived = wasShort ? (this.#shortLived.get(contact) ?? -1) + 1 : 0;
    this.#shortLived.set(contact, shortLived);
    this.#schedule(contact, FIRST_ATTEMPT[role] + shortLived);
  }

  /** Begins to dial a contact who has not heard where this account hosts now; false if it cannot. */
  begin(contact: string): boolean {
    if (this.#isClosed || !this.#plan.isWanted(contact)) return false;
    this.#forget(contact);
    this.#schedule(contact, 1);
    return true;
  }

  /** The person wants no session with this contact, or has none to be with. */
  stop(contact: string): void {
    this.#forget(contact);
    this.#shortLived.delete(contact);
  }

  /** The account is being closed. */
  close(): void {
    this.#isClosed = true;
    for (const contact of this.#waiting.keys()) this.stop(contact);
  }

  /** The machine has slept, or the network is another one: what is due later is done now. */
  wake(): void {
    // A copy: an entry that is put back would be visited again, for ever.
    const all = Array.from(this.#waiting);
    for (const [contact, waiting] of all) {
      this.#forget(contact);
      this.#schedule(contact, waiting.attempt, { ...waiting, delayMs: 0 });
    }
  }

  #forget(contact: string): void {
    this.#waiting.get(contact)?.callOff();
    this.#waiting.delete(contact);
  }

  #schedule(
    contact: string,
    attempt: number,
    options: {
      failure?: MessengerError;
      delayMs?: number;
      refusals?: number;
      wasToldUnreachable?: boolean;
    } = {},
  ): void {
    const { failure, delayMs = backOffMs(attempt, this.#clock.random()) } = options;
    const { refusals = 0, wasToldUnreachable = false } = options;
    const callOff = this.#clock.after(delayMs, () => void this.#dial(contact, waiting));
    const waiting: Waiting = { attempt, refusals, callOff, wasToldUnreachable };
    this.#waiting.set(contact, waiting);
    this.#events.emit({
      method: 'session.retrying',
      params: {
        contact,
        attempt,
        at: this.#clock.now() + delayMs,
        ...(failure === undefined ? {} : { code: failure.code, message: failure.message }),
      },
    });
  }

  /** Never rejects. */
  async #dial(contact: string, waiting: Waiting): Promise<void> {
    try {
      await this.#plan.dial(contact);
    } catch (error) {
      // Somebody else has connected, or nobody wants it any more: this failure is of no interest.
      if (this.#waiting.get(contact) !== waiting) return;
      this.#forget(contact);
      const failure =
        error instanceof MessengerError
          ? error
          : new MessengerError('internal', 'Something unforeseen happened.', { cause: error });
      const refusals = failure.code === 'not_accepted' ? waiting.refusals + 1 : 0;
      const isFinal = FINAL.has(failure.code) || refusals === MAX_REFUSALS;
      if (isFinal || !this.#plan.isWanted(contact)) {
        this.stop(contact);
        const { code, message } = failure;
        this.#events.emit({ method: 'session.gaveUp', params: { contact, code, message } });
        return;
      }
      if (!waiting.wasToldUnreachable) this.#plan.onUnreachable(contact);
      this.#schedule(contact, waiting.attempt + 1, {
        failure,
        refusals,
        wasToldUnreachable: true,
      });
    }
  }
}
