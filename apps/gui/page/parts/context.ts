import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LinkState } from '../gravy/link.js';
import type { Page } from '../gravy/page.js';
import type { Snapshot } from '../gravy/snapshot.js';

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('There is no page around this part.');
  return page;
}

export function useSnapshot(): Snapshot {
  const { snapshot } = usePage().mirror;
  return useSyncExternalStore(snapshot.subscribe, snapshot.get);
}

export function useLink(): LinkState {
  const { state } = usePage().link;
  return useSyncExternalStore(state.subscribe, state.get);
}
