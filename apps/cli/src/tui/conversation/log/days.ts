const DAY_MS = 86_400_000;
const named = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** The local day that a moment belongs to, as a number that grows by one each day. */
export function dayOf(atMs: number): number {
  const date = new Date(atMs);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS);
}

/** `Today`, `Yesterday`, or the date in words. */
export function nameOfDay(atMs: number, nowMs: number): string {
  const ago = dayOf(nowMs) - dayOf(atMs);
  if (ago === 0) return 'Today';
  return ago === 1 ? 'Yesterday' : named.format(atMs);
}
