import { useCallback, useEffect, useState } from 'react';

/** What stands beside the list. On a narrow screen the list is a view of its own. */
export type View =
  | { readonly kind: 'list' | 'dashboard' | 'server' | 'connect' | 'settings' }
  | { readonly kind: 'conversation'; readonly contact: string; readonly message?: string };

/**
 * The view, kept in the entry of the browser's history, so that Back and reloading work, and not in
 * the address: whom one talks to is nothing for an address bar.
 */
export function useView(): readonly [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => storedView());
  useEffect(() => {
    const back = (): void => setView(storedView());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const open = useCallback((next: View) => {
    history.pushState({ view: next }, '');
    setView(next);
  }, []);
  return [view, open];
}

function storedView(): View {
  const state = history.state as { view?: View } | null;
  return state?.view ?? { kind: 'dashboard' };
}
