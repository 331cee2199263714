import { KIND_ACK, KIND_TEXT, KIND_TYPING } from '../../application/kinds.js';
import type { EventHub } from '../event-hub.js';
import type { LiveProgress } from '../files/live-progress.js';
import type { ContactBook } from '../people/contact-book.js';
import type { Clock } from '../ports/clock.js';
import type { MessageStore } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import type { AccountSettings } from '../settings.js';
import { Acknowledgements } from './acknowledgements.js';
import { Conversations } from './conversations.js';
import { Outbox } from './outbox.js';
import { Receipts } from './receipts.js';
import type { RecordHandler } from './record-intake.js';
import { TextIntake } from './text-intake.js';
import { Typing } from './typing.js';

/** All that brings texts to contacts and from them, and what is said about that. */
export class Delivery {
  readonly conversations: Conversations;
  readonly receipts: Receipts;
  readonly typing: Typing;
  readonly handlers: readonly (readonly [kind: number, RecordHandler])[];
  readonly outbox: Outbox;
  readonly acknowledgements = new Acknowledgements();

  constructor(options: {
    store: MessageStore;
    progress: LiveProgress;
    contacts: ContactBook;
    settings: AccountSettings;
    events: EventHub;
    clock: Clock;
    ownId: string;
  }) {
    const { store, progress, contacts, settings, events, clock, ownId } = options;
    const now = (): number => clock.now();
    const { acknowledgements } = this;
    const texts = new TextIntake({ store, events, now, ownId, acknowledgements });
    this.outbox = new Outbox({ store, events });
    this.receipts = new Receipts({ store, events, settings });
    this.typing = new Typing({ events, settings, clock });
    this.conversations = new Conversations({
      store,
      progress,
      contacts,
      outbox: this.outbox,
      events,
      now,
      ownId,
    });
    this.handlers = [
      [KIND_TEXT, (session, body) => texts.take(session, body)],
      [
        KIND_ACK,
        (session, body) => {
          // Read in the turn in which the text was sent, if this process got no turn for long.
          this.outbox.markSentSoFar(session.contact);
          return this.receipts.take(session, body);
        },
      ],
      [KIND_TYPING, (session, body) => this.typing.take(session, body)],
    ];
  }

  /** Spec 6: what is unfinished goes by the newest session, from the beginning. */
  newestChanged(contact: string, session: Session | undefined): void {
    this.outbox.useSession(contact, session);
    void this.receipts.report(session);
  }
}
