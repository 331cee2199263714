import { MalformedBodyError } from '../../application/cbor.js';
import { CLOSE_CODE, FIRST_IGNORABLE_KIND, type ReceivedRecord } from '../ports/network.js';
import type { Session } from '../sessions/session-registry.js';

/** Records taken from one peer before the store has caught up with them: memory stays bounded. */
const MAX_UNSTORED = 256;

/**
 * Takes the body of a record of one kind. Resolves when what it brings is stored, for which it may wait for the disk. It never
 * waits for an answer to be sent: the peer, who has to read it, may be waiting alike. @throws MalformedBodyError
 */
export type RecordHandler = (session: Session, body: Uint8Array) => Promise<void>;

/** Hands what arrives over a session to whoever deals with its kind. */
export class RecordIntake {
  readonly #handlers: ReadonlyMap<number, RecordHandler>;

  constructor(handlers: ReadonlyMap<number, RecordHandler>) {
    this.#handlers = handlers;
  }

  /** Reads a session to its end; never rejects. */
  async read(session: Session): Promise<void> {
    let unstored = 0;
    for await (const record of session.channel.records) {
      const stored = this.#take(session, record);
      if (++unstored < MAX_UNSTORED) continue;
      await stored;
      unstored = 0;
    }
  }

  /** Never rejects: what cannot be taken ends the session. */
  async #take(session: Session, { kind, body }: ReceivedRecord): Promise<void> {
    const handler = this.#handlers.get(kind);
    if (handler === undefined) {
      if (kind < FIRST_IGNORABLE_KIND) void session.channel.reject();
      return;
    }
    try {
      await handler(session, body);
    } catch (error) {
      // Otherwise the store has failed: nothing was acknowledged, so the peer will send it again.
      const code =
        error instanceof MalformedBodyError ? CLOSE_CODE.protocolError : CLOSE_CODE.shutdown;
      void session.channel.close(code);
    }
  }
}
