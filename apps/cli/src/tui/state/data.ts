import type {
  Contact,
  FileInfo,
  GravyEvent,
  RequestInfo,
  ResultOf,
  SessionInfo,
} from '@gravy/messenger';

/** What the core has said last. */
export interface Data {
  readonly contacts: readonly Contact[];
  readonly sessions: readonly SessionInfo[];
  readonly host: ResultOf<'host.status'>;
  readonly requests: readonly RequestInfo[];
  readonly files: readonly FileInfo[];
  /** What is said on the way to a host that can be shared, and where its tunnel is later. */
  readonly hostNews: HostNews | undefined;
  /** Contacts that cannot be told where this account hosts now, with the line to send them. */
  readonly stranded: Readonly<Record<string, string>>;
  /** Per transfer. */
  readonly rates: Readonly<Record<string, number>>;
}

type HostNews = Extract<GravyEvent, { method: 'host.changed' }>['params'];

export const NO_DATA: Data = {
  contacts: [],
  sessions: [],
  host: { running: false, sessions: 0 },
  requests: [],
  files: [],
  hostNews: undefined,
  stranded: {},
  rates: {},
};

/** The parts that are asked for again as a whole. */
export type Part = 'contacts' | 'sessions' | 'host' | 'requests' | 'files';
export const PARTS: readonly Part[] = ['contacts', 'sessions', 'host', 'requests', 'files'];

/** What an event makes out of date. Events are news, not data: the core is asked for the whole. */
export function staleParts(event: GravyEvent): readonly Part[] {
  switch (event.method) {
    case 'session.opened':
    case 'session.closed':
      return ['contacts', 'sessions', 'host'];
    case 'host.changed':
      return ['host', 'sessions'];
    case 'contact.changed':
      return ['contacts', 'requests'];
    case 'message.received':
      return ['contacts'];
    case 'invite.changed':
      return ['contacts'];
    case 'request.received':
      return ['requests'];
    case 'file.offered':
    case 'file.completed':
    case 'file.failed':
      return ['files'];
    case 'file.progress':
    case 'message.state':
    case 'session.retrying':
    case 'session.gaveUp':
    case 'contact.stranded':
    case 'typing':
    case 'account.closed':
      return [];
    default:
      return event satisfies never;
  }
}

/** What an event says that nothing else can be asked for. */
export function applyEvent(data: Data, event: GravyEvent): Data {
  switch (event.method) {
    case 'host.changed':
      return { ...data, hostNews: event.params };
    case 'contact.stranded':
      return {
        ...data,
        stranded: { ...data.stranded, [event.params.contact]: event.params.line },
      };
    case 'session.opened':
      return { ...data, stranded: without(data.stranded, event.params.contact) };
    case 'file.progress': {
      const { id, bytes, bytesPerSecond } = event.params;
      return {
        ...data,
        rates: { ...data.rates, [id]: bytesPerSecond },
        files: data.files.map((file) =>
          file.id === id ? { ...file, bytes, state: 'transferring' } : file,
        ),
      };
    }
    case 'file.completed':
    case 'file.failed':
      return { ...data, rates: without(data.rates, event.params.id) };
    case 'session.closed':
    case 'session.retrying':
    case 'session.gaveUp':
    case 'contact.changed':
    case 'message.received':
    case 'message.state':
    case 'request.received':
    case 'invite.changed':
    case 'file.offered':
    case 'typing':
    case 'account.closed':
      return data;
    default:
      return event satisfies never;
  }
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!Object.hasOwn(record, key)) return record;
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}

/** Conversations as the sidebar lists them: the latest first, then the others by name. */
export function conversations({ contacts }: Data): readonly Contact[] {
  return contacts.toSorted(
    (one, other) =>
      (other.lastMessage?.at ?? 0) - (one.lastMessage?.at ?? 0) ||
      one.name.localeCompare(other.name),
  );
}
