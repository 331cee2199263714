import type { MessageKey } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import type { OutgoingFile } from './outgoing-file.js';
import { keyText } from './transfer-key.js';

/** The files that go out at this moment. One that was asked for over two sessions goes over both. */
export class OutgoingFiles {
  readonly #byKey = new Map<
    string,
    { readonly key: MessageKey; readonly bySession: Map<Session, OutgoingFile> }
  >();

  add(key: MessageKey, file: OutgoingFile): void {
    const ofKey = this.#byKey.get(keyText(key)) ?? { key, bySession: new Map() };
    this.#byKey.set(keyText(key), ofKey);
    ofKey.bySession.set(file.session, file);
  }

  /** Whether it was there. */
  remove(key: MessageKey, file: OutgoingFile): boolean {
    const bySession = this.#byKey.get(keyText(key))?.bySession;
    if (bySession?.get(file.session) !== file) return false;
    bySession.delete(file.session);
    if (bySession.size === 0) this.#byKey.delete(keyText(key));
    return true;
  }

  over(session: Session, key: MessageKey): OutgoingFile | undefined {
    return this.#byKey.get(keyText(key))?.bySession.get(session);
  }

  /** All of one key, in the order of their sessions' first requests. */
  of(key: MessageKey): OutgoingFile[] {
    return [...(this.#byKey.get(keyText(key))?.bySession.values() ?? [])];
  }

  /** All, or all over one session. */
  all(session: Session | undefined): (readonly [MessageKey, OutgoingFile])[] {
    return [...this.#byKey.values()].flatMap(({ key, bySession }) =>
      [...bySession.values()]
        .filter((file) => session === undefined || file.session === session)
        .map((file) => [key, file] as const),
    );
  }
}
