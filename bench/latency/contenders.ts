/** What a message can go through, in the order of the table. */
export const CONTENDERS = ['ws', 'channel', 'gravy'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** Of an application record, as far as the channel is concerned. */
export const CHANNEL_KIND = 32;

/**
 * The clock of both processes: `hrtime` reads the system's monotonic clock, which all processes of a machine share.
 * Every sample is checked against that: it must have arrived after it was sent and before it was answered.
 */
export function clockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
