import { useEffect } from 'react';
import { usePage } from '../parts/context.js';
import { idleMinutes } from './preferences.js';

const MINUTE_MS = 60_000;
const CHECK_MS = 1000;
const SEEN_KEY = 'gravy-seen-at';
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Locks the page after a while in which nobody touched it, nor any other window of it. */
export function useIdleLock(isOpen: boolean): void {
  const page = usePage();
  const minutes = idleMinutes.use();
  useEffect(() => {
    if (!isOpen || minutes === 0) return undefined;
    let lastSeenAt = Date.now();
    let lastToldAt = lastSeenAt;
    // What is stored is told to the other windows; the value itself is of no interest.
    const seenElsewhere = ({ key }: StorageEvent): void => {
      if (key === SEEN_KEY) lastSeenAt = Date.now();
    };
    addEventListener('storage', seenElsewhere);
    const seen = (): void => {
      const now = Date.now();
      lastSeenAt = now;
      // Also of somebody who does not pause: the other windows hear of it every second.
      if (now - lastToldAt <= CHECK_MS) return;
      lastToldAt = now;
      localStorage.setItem(SEEN_KEY, String(now));
    };
    // By the clock and not by one long timer: a machine that slept was idle all the while.
    const check = setInterval(() => {
      // It ends with the account on the screen, and begins anew with the next one.
      if (Date.now() - lastSeenAt >= minutes * MINUTE_MS) void page.lock();
    }, CHECK_MS);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, seen, { passive: true });
    return () => {
      clearInterval(check);
      removeEventListener('storage', seenElsewhere);
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, seen);
    };
  }, [page, isOpen, minutes]);
}
