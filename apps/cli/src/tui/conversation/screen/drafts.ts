import type { GravyClient } from '@gravy/messenger';
import { isEmpty } from '../composer/writing.js';
import { type Draft, NO_DRAFT } from './screen-state.js';

const drafts = new WeakMap<GravyClient, Map<string, Draft>>();

/** What is being written to a contact (an id), from one look at its conversation to the next. */
export function draftFor(client: GravyClient, contact: string): Draft {
  return drafts.get(client)?.get(contact) ?? NO_DRAFT;
}

/** Until the account is closed: another one must not find what was written in it. */
export function keepDraft(client: GravyClient, contact: string, draft: Draft): void {
  const kept = drafts.get(client) ?? beginKeeping(client);
  kept.set(contact, draft);
}

/** To how many contacts something is written that is not sent. */
export function countDrafts(client: GravyClient): number {
  const kept = [...(drafts.get(client)?.values() ?? [])];
  return kept.filter(({ writing }) => !isEmpty(writing)).length;
}

function beginKeeping(client: GravyClient): Map<string, Draft> {
  const kept = new Map<string, Draft>();
  drafts.set(client, kept);
  const unsubscribe = client.onEvent(({ method }) => {
    if (method !== 'account.closed') return;
    drafts.delete(client);
    unsubscribe();
  });
  return kept;
}
