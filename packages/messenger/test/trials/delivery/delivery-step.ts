import fc from 'fast-check';

/** What people, the network and the machine may do. `who` is one of the two, 0 or 1. */
export type DeliveryStep =
  | { readonly kind: 'write'; readonly who: number; readonly texts: number }
  | { readonly kind: 'cancel'; readonly who: number; readonly back: number }
  | { readonly kind: 'read'; readonly who: number }
  | { readonly kind: 'dial'; readonly who: number }
  | { readonly kind: 'leave'; readonly who: number }
  | { readonly kind: 'block'; readonly who: number }
  | { readonly kind: 'unblock'; readonly who: number }
  | { readonly kind: 'kill'; readonly who: number; readonly isCut: boolean }
  | { readonly kind: 'restart'; readonly who: number }
  /** So many messages of one direction arrive, of the link of this age. */
  | { readonly kind: 'deliver'; readonly link: number; readonly end: End; readonly count: number }
  | { readonly kind: 'cut'; readonly link: number }
  | { readonly kind: 'notice'; readonly link: number; readonly end: End }
  /** Everything arrives. */
  | { readonly kind: 'flow' }
  /** The event loop turns: what is open in a store is committed. */
  | { readonly kind: 'turn' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'set clock'; readonly ms: number };

type End = 'client' | 'server';

const who = fc.nat({ max: 1 });
const link = fc.nat({ max: 2 });
const end = fc.constantFrom('client' as const, 'server' as const);
const HOUR_MS = 3_600_000;

function step<K extends DeliveryStep['kind']>(
  kind: K,
  weight: number,
  parts: {
    [P in keyof Omit<Extract<DeliveryStep, { kind: K }>, 'kind'>]: fc.Arbitrary<
      Extract<DeliveryStep, { kind: K }>[P]
    >;
  },
): { weight: number; arbitrary: fc.Arbitrary<DeliveryStep> } {
  const record = fc.record({ kind: fc.constant(kind), ...parts });
  return { weight, arbitrary: record as unknown as fc.Arbitrary<DeliveryStep> };
}

const anyStep = fc.oneof(
  step('write', 16, { who, texts: fc.integer({ min: 1, max: 9 }) }),
  step('cancel', 5, { who, back: fc.nat({ max: 6 }) }),
  step('read', 2, { who }),
  step('dial', 9, { who }),
  step('leave', 1, { who }),
  step('block', 2, { who }),
  step('unblock', 3, { who }),
  step('kill', 5, { who, isCut: fc.boolean() }),
  step('restart', 5, { who }),
  step('deliver', 24, { link, end, count: fc.integer({ min: 1, max: 6 }) }),
  step('cut', 4, { link }),
  step('notice', 5, { link, end }),
  step('flow', 12, {}),
  step('turn', 12, {}),
  step('wait', 5, { ms: fc.constantFrom(600, 5_000, 70_000, 25 * HOUR_MS) }),
  step('sleep', 1, { ms: fc.constantFrom(60_000, 8 * HOUR_MS) }),
  step('set clock', 1, { ms: fc.constantFrom(-48 * HOUR_MS, 48 * HOUR_MS) }),
);

/** Schedules that begin with the two connected, so that few of their steps are idle. */
export const anySchedule: fc.Arbitrary<readonly DeliveryStep[]> = fc.array(anyStep, {
  minLength: 1,
  maxLength: 45,
  size: 'max',
});
