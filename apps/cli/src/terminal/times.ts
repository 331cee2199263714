const two = (value: number): string => String(value).padStart(2, '0');

/** Local time of day, `09:12`. */
export function formatClock(atMs: number): string {
  const date = new Date(atMs);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Local date, `2026-07-27`. */
function formatDate(atMs: number): string {
  const date = new Date(atMs);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Local date and time; the date is left out for today. */
export function formatMoment(atMs: number, nowMs: number): string {
  const date = formatDate(atMs);
  return date === formatDate(nowMs) ? formatClock(atMs) : `${date} ${formatClock(atMs)}`;
}
