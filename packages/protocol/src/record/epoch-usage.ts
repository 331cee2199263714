// What an epoch has carried, in both directions: Spec 4.1.
import { APPLICATION_KIND } from './kind.js';

/** What decides when an epoch should end. */
export interface EpochUsage {
  readonly records: number;
  /** Bytes of whole frames. */
  readonly bytes: number;
  /** Whether a record of kind 32 or up is among them. */
  readonly hasApplicationRecord: boolean;
}

export const UNUSED_EPOCH: EpochUsage = { records: 0, bytes: 0, hasApplicationRecord: false };

export function countRecord(usage: EpochUsage, kind: number, frameBytes: number): EpochUsage {
  return {
    records: usage.records + 1,
    bytes: usage.bytes + frameBytes,
    hasApplicationRecord: usage.hasApplicationRecord || kind >= APPLICATION_KIND.first,
  };
}
