import {
  type GravyClient,
  type GravyEvent,
  MessengerError,
  type MethodName,
  type ParamsOf,
  type ResultOf,
} from '@gravy/messenger';
import type { PageSession } from './page-sessions.js';

/** What a locked page may still ask for: enough to unlock it again. */
const WHILE_LOCKED: ReadonlySet<MethodName> = new Set(['account.list', 'account.unlock']);

/**
 * Gravy as one page sees it. While the page is locked it sees nothing, although the account stays at
 * work: it takes the account's password, which `account.unlock` always checks, to see again.
 */
export function lockableClient(
  gravy: Pick<GravyClient, 'call' | 'onEvent'>,
  session: PageSession,
): Pick<GravyClient, 'call' | 'onEvent'> {
  return {
    async call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
      if (!session.isLocked) return gravy.call(method, params);
      if (!WHILE_LOCKED.has(method)) {
        throw new MessengerError('locked', 'This page is locked. Type the password to go on.');
      }
      const result = await gravy.call(method, params);
      if (method === 'account.unlock') session.unlock();
      return result;
    },
    onEvent: (listener) => {
      const stopEvents = gravy.onEvent((event: GravyEvent) => {
        if (!session.isLocked) listener(event);
      });
      // To a page that is locked by another one the account is closed.
      const stopLocks = session.onLock((name) =>
        listener({ method: 'account.closed', params: { name, reason: 'locked' } }),
      );
      return () => {
        stopEvents();
        stopLocks();
      };
    },
  };
}
