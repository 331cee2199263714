import { formatBytes, formatSpan } from './amounts.js';

const BAR_WIDTH = 24;

export interface Progress {
  readonly bytes: number;
  readonly size: number;
  readonly bytesPerSecond: number;
}

/** A bar, and in words how far it is, how fast, and how long it will take at that. */
export function formatProgress(progress: Progress): string {
  const share = progress.size === 0 ? 0 : progress.bytes / progress.size;
  const filled = Math.floor(share * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
  return `${bar} ${describeProgress(progress)}`;
}

/** The same without the bar. Never 100 % before the receiver has checked the file. */
export function describeProgress({ bytes, size, bytesPerSecond }: Progress): string {
  const percent = size === 0 ? 0 : Math.min(99, Math.floor((bytes * 100) / size));
  const parts = [`${percent} % of ${formatBytes(size)}`];
  if (bytesPerSecond > 0) {
    parts.push(
      `${formatBytes(bytesPerSecond)}/s`,
      `${formatSpan((size - bytes) / bytesPerSecond)} left`,
    );
  }
  return parts.join(', ');
}
