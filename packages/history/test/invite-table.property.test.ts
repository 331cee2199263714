import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryStore } from '../src/index.js';
import { FreshStore, idOf } from './fresh-store.js';

const settings = { seed: 20_261_124, numRuns: 25 };
const EXPIRES_AT = 100;

type Step =
  | { readonly kind: 'claim' | 'block' | 'unblock' | 'remove' | 'revokeOf'; readonly who: number }
  | { readonly kind: 'revoke' }
  | { readonly kind: 'wait' };

const who = fc.integer({ min: 1, max: 3 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('claim' as const), who }) },
  fc.record({
    kind: fc.constantFrom('block' as const, 'unblock' as const, 'remove' as const),
    who,
  }),
  fc.record({ kind: fc.constant('revokeOf' as const), who }),
  fc.constant({ kind: 'revoke' as const }),
  fc.constant({ kind: 'wait' as const }),
);

/** What an invite should do, in the words of its documentation rather than of its table. */
class Model {
  now = 0;
  isRevoked = false;
  bearer: number | undefined;
  readonly contacts = new Map<number, { isBlocked: boolean }>();

  claim(number: number): 'claimed' | 'taken' | 'closed' {
    if (this.isRevoked || this.now >= EXPIRES_AT) return 'closed';
    if (this.contacts.get(number)?.isBlocked === true) return 'closed';
    if (this.bearer !== undefined && this.bearer !== number) return 'taken';
    this.bearer = number;
    if (!this.contacts.has(number)) this.contacts.set(number, { isBlocked: false });
    return 'claimed';
  }
}

async function run(step: Step, model: Model, store: HistoryStore): Promise<void> {
  switch (step.kind) {
    case 'claim': {
      const bearer = idOf(32, step.who);
      const contact = { id: bearer, name: 'Guest', addedAt: 0 };
      const claim = { id: idOf(16, 1), bearer, at: model.now, contact };
      expect(await store.invites.claim(claim)).toBe(model.claim(step.who));
      break;
    }
    case 'block':
    case 'unblock': {
      const contact = model.contacts.get(step.who);
      if (contact === undefined) break;
      contact.isBlocked = step.kind === 'block';
      await store.contacts.setBlocked(idOf(32, step.who), contact.isBlocked);
      break;
    }
    case 'remove':
      if (model.contacts.delete(step.who)) await store.contacts.remove(idOf(32, step.who));
      break;
    case 'revoke': {
      const revoked = await store.invites.revoke(idOf(16, 1), model.now);
      expect(revoked).toBe(!model.isRevoked);
      model.isRevoked = true;
      break;
    }
    case 'revokeOf':
      await store.invites.revokeOf(idOf(32, step.who), model.now);
      if (model.bearer === step.who) model.isRevoked = true;
      break;
    case 'wait':
      model.now += 20;
      break;
  }
}

describe('an invite', () => {
  it('lets in one bearer at most, whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
        const fresh = new FreshStore();
        try {
          const { store } = fresh;
          const psk = new Uint8Array(32).fill(1);
          const invite = { id: idOf(16, 1), psk, createdAt: 0, expiresAt: EXPIRES_AT, urls: [] };
          await store.invites.add(invite);
          const model = new Model();
          for (const each of steps) {
            await run(each, model, store);
            const stored = store.invites.get(invite.id);
            const bearer = model.bearer === undefined ? undefined : idOf(32, model.bearer);
            expect(stored?.bearer).toEqual(bearer);
            expect(stored?.psk === undefined).toBe(model.isRevoked);
            const isOpen = !model.isRevoked && model.now < EXPIRES_AT;
            expect(store.invites.open(model.now)).toHaveLength(isOpen ? 1 : 0);
            expect(store.contacts.list()).toHaveLength(model.contacts.size);
          }
        } finally {
          fresh.end();
        }
      }),
      settings,
    );
  });
});
