const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** So many bytes for people: `1.2 MB`, in powers of a thousand as disks and networks count. */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? ''}`;
}

/** What a person types for bytes: `500kB`, `1.5 GB`, `200000`. Undefined if it is none, or more than can be counted exactly. */
export function parseBytes(text: string): number | undefined {
  const [, amount, letter = ''] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)b?$/iu.exec(text.trim()) ?? [];
  if (amount === undefined) return undefined;
  const power = UNITS.findIndex((unit) => unit.toLowerCase() === `${letter}b`.toLowerCase());
  const bytes = Math.round(Number(amount) * 1_000 ** power);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** A span of time for people: `7 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 100 ? `${hours} h ${minutes % 60} min` : 'more than 4 days';
}
