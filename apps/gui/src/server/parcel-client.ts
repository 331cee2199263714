import type { GravyClient, MethodName, ParamsOf, ResultOf } from '@gravy/messenger';
import type { Parcels } from './parcels.js';
import { removeFinished } from './tidy-parcels.js';

type Client = Pick<GravyClient, 'call' | 'onEvent'>;

/** After these an account is open, and can say which parcels it still needs. */
const OPENS_ACCOUNT: ReadonlySet<MethodName> = new Set(['account.unlock', 'account.import']);

/** Gravy, with a parcel kept from when it is to be sent until it is over, and no longer. */
export function parcelClient(gravy: Client, parcels: Parcels): Client {
  return {
    async call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
      const path = method === 'file.send' ? pathIn(params) : undefined;
      if (path !== undefined && parcels.has(path)) {
        const { id: account } = await gravy.call('account.show', {});
        // Before it is sent: once it is, nothing may take it away, not even a crash in between.
        await parcels.keepFor(account, path);
        try {
          const sent = await gravy.call(method, params);
          parcels.remember((sent as ResultOf<'file.send'>).id, path);
          return sent;
        } catch (error) {
          await parcels.discard(path);
          throw error;
        }
      }
      const result = await gravy.call(method, params);
      // What cannot be removed now is in the person's own folder, until the next time.
      if (OPENS_ACCOUNT.has(method)) removeFinished(parcels, gravy).catch(() => undefined);
      return result;
    },
    onEvent: (listener) => gravy.onEvent(listener),
  };
}

/** Nothing has checked yet what the page has sent. */
function pathIn(params: unknown): string | undefined {
  const path = (params as { path?: unknown } | null)?.path;
  return typeof path === 'string' ? path : undefined;
}
