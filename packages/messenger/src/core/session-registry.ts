import type { CloseReason, Role, SessionInfo } from '../api/schemas.js';
import { MessengerError } from '../errors.js';
import type { EventHub } from './event-hub.js';
import { CLOSE_CODE, type Channel, type ChannelEnd, type CloseCode } from './ports.js';
import { newSessionId } from './text-ids.js';

/** An authenticated connection with one contact. The contact is its id as text. */
export interface Session extends SessionInfo {
  readonly channel: Channel;
}

/** Called when the newest session of a contact is another one than before, or none. */
export type NewestListener = (contact: string, newest: Session | undefined) => void;

/**
 * The open sessions. Spec 6: one per contact and role, the newest authenticated wins; what is sent
 * goes by the newest session with the contact, in whichever role.
 */
export class SessionRegistry {
  readonly #events: EventHub;
  readonly #onOpen: (session: Session) => void;
  readonly #onNewest: NewestListener;
  readonly #now: () => number;
  /** In order of opening. */
  readonly #sessions = new Map<string, Session>();
  /** The same sessions per contact, oldest first: with thousands of guests nothing may search them all. */
  readonly #byContact = new Map<string, Session[]>();
  readonly #endings = new Set<Promise<unknown>>();

  constructor(options: {
    events: EventHub;
    onOpen: (session: Session) => void;
    onNewest: NewestListener;
    now: () => number;
  }) {
    this.#events = options.events;
    this.#onOpen = options.onOpen;
    this.#onNewest = options.onNewest;
    this.#now = options.now;
  }

  open(options: {
    contact: string;
    role: Role;
    channel: Channel;
    remote: string;
    tunnel: boolean;
  }): Session {
    const others = this.#byContact.get(options.contact) ?? [];
    const older = others.filter(({ role }) => role === options.role);
    const session: Session = { id: newSessionId(), openedAt: this.#now(), ...options };
    this.#sessions.set(session.id, session);
    this.#byContact.set(session.contact, [...others, session]);
    const ending = session.channel.closed.then((end) => this.#forget(session, end));
    this.#endings.add(ending);
    void ending.finally(() => this.#endings.delete(ending));
    this.#events.emit({
      method: 'session.opened',
      params: { session: session.id, contact: session.contact, role: session.role },
    });
    this.#newestChanged(session.contact);
    this.#onOpen(session);
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

  isOnline(contact: string): boolean {
    return this.newest(contact) !== undefined;
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
    await this.#close([session], session.role === 'host' ? CLOSE_CODE.kicked : CLOSE_CODE.normal);
  }

  /** Ends every session that `which` picks, and resolves when they are gone and their ends were told. */
  async endAll(which: (session: Session) => boolean, code: CloseCode): Promise<void> {
    await this.#close(this.list().filter(which), code);
    if (this.#sessions.size === 0) await Promise.all(this.#endings);
  }

  async #close(sessions: readonly Session[], code: CloseCode): Promise<void> {
    await Promise.all(sessions.map(({ channel }) => channel.close(code)));
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
        willReconnect: false,
      },
    });
    this.#newestChanged(session.contact);
  }

  #newestChanged(contact: string): void {
    this.#onNewest(contact, this.newest(contact));
    this.#events.emit({ method: 'contact.changed', params: { contact } });
  }
}

/** The words of the API for the end of a channel. */
function reasonOf(end: ChannelEnd): CloseReason {
  switch (end.kind) {
    case 'lost':
      return 'lost';
    case 'protocol_error':
      return 'protocol_error';
    case 'closed_by_us':
      return end.code === CLOSE_CODE.normal ? 'exit' : reasonOfCode(end.code);
    case 'closed_by_peer':
      return reasonOfCode(end.code);
    default:
      return end satisfies never;
  }
}

function reasonOfCode(code: CloseCode): CloseReason {
  switch (code) {
    case CLOSE_CODE.normal:
      return 'peer_exit';
    case CLOSE_CODE.shutdown:
      return 'shutdown';
    case CLOSE_CODE.protocolError:
      return 'protocol_error';
    case CLOSE_CODE.rekeyTimeout:
      return 'rekey_timeout';
    case CLOSE_CODE.noLongerContact:
      return 'not_a_contact';
    case CLOSE_CODE.sessionAge:
      return 'session_age';
    case CLOSE_CODE.superseded:
      return 'superseded';
    case CLOSE_CODE.kicked:
      return 'kicked';
    default:
      return code satisfies never;
  }
}
