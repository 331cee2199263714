import type { Role, SessionInfo } from '../../api/schemas.js';
import { MessengerError } from '../../errors.js';
import { newSessionId } from '../delivery/text-ids.js';
import type { EventHub } from '../event-hub.js';
import {
  CLOSE_CODE,
  type Channel,
  type ChannelEnd,
  type CloseCode,
  type Proximity,
} from '../ports/network.js';
import { reasonOf } from './close-reason.js';

/** An authenticated connection with one contact. The contact is its id as text. */
export interface Session extends SessionInfo {
  readonly channel: Channel;
  readonly proximity: Proximity;
}

/** What is built on the sessions, and told of them. */
export interface SessionListeners {
  /** Once for each session, when it has just been opened. */
  onOpen(session: Session): void;
  /** The newest session of a contact is another one than before, or there is none. */
  onNewest(contact: string, newest: Session | undefined): void;
  /** Asked when a session has ended: whether the contact will be dialled again by itself. */
  willReconnect(session: Session, end: ChannelEnd): boolean;
  /** Once for each session, after its end was told. */
  onEnd(session: Session, end: ChannelEnd): void;
}

/**
 * The open sessions. Spec 6: one per contact and role, the newest authenticated wins; what is sent
 * goes by the newest session with the contact, in whichever role.
 */
export class SessionRegistry {
  readonly #events: EventHub;
  readonly #listeners: SessionListeners;
  readonly #now: () => number;
  /** In order of opening. */
  readonly #sessions = new Map<string, Session>();
  /** The same sessions per contact, oldest first: with thousands of guests nothing may search them all. */
  readonly #byContact = new Map<string, Session[]>();
  readonly #endings = new Set<Promise<unknown>>();

  constructor(options: { events: EventHub; listeners: SessionListeners; now: () => number }) {
    this.#events = options.events;
    this.#listeners = options.listeners;
    this.#now = options.now;
  }

  open(options: {
    contact: string;
    role: Role;
    channel: Channel;
    remote: string;
    proximity: Proximity;
    tunnel: boolean;
  }): Session {
    const others = this.#byContact.get(options.contact) ?? [];
    const older = others.filter(({ role }) => role === options.role);
    const session: Session = { id: newSessionId(), openedAt: this.#now(), ...options };
    this.#sessions.set(session.id, session);
    this.#byContact.set(session.contact, [...others, session]);
    // What follows an end asks the store, which may have failed or be closed: that is for its callers to find.
    const ending = session.channel.closed
      .then((end) => this.#forget(session, end))
      .catch(() => undefined)
      .finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
    this.#events.emit({
      method: 'session.opened',
      params: { session: session.id, contact: session.contact, role: session.role },
    });
    this.#newestChanged(session.contact);
    this.#listeners.onOpen(session);
    for (const { channel } of older) void channel.close(CLOSE_CODE.superseded);
    return session;
  }

  /** Newest first. */
  list(): Session[] {
    return [...this.#sessions.values()].toReversed();
  }

  newest(contact: string): Session | undefined {
    return this.#byContact.get(contact)?.at(-1);
  }

  /** One for each contact that is online. */
  newestOfAll(): Session[] {
    return [...this.#byContact.values()].flatMap((sessions) => sessions.slice(-1));
  }

  isOnline(contact: string): boolean {
    return this.newest(contact) !== undefined;
  }

  /** All with one contact, oldest first. */
  with(contact: string): readonly Session[] {
    return this.#byContact.get(contact) ?? [];
  }

  /** The host's kick or the guest's exit. @throws MessengerError `no_such_session` */
  async end(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (session === undefined) {
      throw new MessengerError(
        'no_such_session',
        'No open session has that id. session.list shows those that are open.',
      );
    }
    await this.#close([session], codeOfPerson);
  }

  /** The same for every session with a contact. */
  async endWith(contact: string): Promise<void> {
    await this.#close(this.with(contact), codeOfPerson);
  }

  /** Ends every session that `which` picks, and resolves when they are gone and their ends were told. */
  async endAll(which: (session: Session) => boolean, code: CloseCode): Promise<void> {
    await this.#close(this.list().filter(which), () => code);
    if (this.#sessions.size === 0) await Promise.all(this.#endings);
  }

  async #close(
    sessions: readonly Session[],
    codeFor: (session: Session) => CloseCode,
  ): Promise<void> {
    await Promise.all(sessions.map((session) => session.channel.close(codeFor(session))));
    await Promise.resolve(); // `#forget` was queued before this
  }

  #forget(session: Session, end: ChannelEnd): void {
    this.#sessions.delete(session.id);
    const rest = this.#byContact.get(session.contact)?.filter((other) => other !== session) ?? [];
    if (rest.length > 0) this.#byContact.set(session.contact, rest);
    else this.#byContact.delete(session.contact);
    this.#events.emit({
      method: 'session.closed',
      params: {
        session: session.id,
        contact: session.contact,
        role: session.role,
        reason: reasonOf(end),
        willReconnect: this.#listeners.willReconnect(session, end),
      },
    });
    this.#newestChanged(session.contact);
    this.#listeners.onEnd(session, end);
  }

  #newestChanged(contact: string): void {
    this.#listeners.onNewest(contact, this.newest(contact));
    this.#events.emit({ method: 'contact.changed', params: { contact } });
  }
}

/** The host kicks, the guest leaves. */
function codeOfPerson({ role }: Session): CloseCode {
  return role === 'host' ? CLOSE_CODE.kicked : CLOSE_CODE.normal;
}
