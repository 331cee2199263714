import type { Settings } from '@gravy/messenger';
import { usePage } from '../../parts/context.js';
import { type Action, useAction } from '../../parts/use-action.js';

/** Changes some of the account's settings, and reads all of them again. */
export function useChangeSettings(): Action<[Partial<Settings>]> {
  const page = usePage();
  return useAction(async (changes: Partial<Settings>) => {
    await page.call('settings.set', changes);
    page.mirror.refresh('settings');
  });
}
