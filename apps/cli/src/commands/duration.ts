import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A span of time as people write it, `30s`, `90m`, `24h` or `7d`, in milliseconds. */
function parseDurationMs(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,9})([smhd])$/u.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? undefined : Number(digits) * unitMs;
}

/** For commander: an option that takes a span of time from `1s` up to `longest`. */
export function durationUpTo(longest: string): (text: string) => number {
  return (text) => {
    const durationMs = parseDurationMs(text);
    if (durationMs === undefined || durationMs === 0) {
      throw new InvalidArgumentError('It must be a time such as 30s, 30m, 24h or 7d.');
    }
    if (durationMs > (parseDurationMs(longest) ?? 0)) {
      throw new InvalidArgumentError(`It may be at most ${longest}.`);
    }
    return durationMs;
  };
}
