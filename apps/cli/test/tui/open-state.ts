import type { Contact, FileInfo } from '@gravy/messenger';
import { type Data, NO_DATA } from '../../src/tui/state/data.js';
import type { KeyPress } from '../../src/tui/state/key.js';
import { press } from '../../src/tui/keys/press.js';
import { initialState, type OpenStage, openStage, type State } from '../../src/tui/state/state.js';
import type { Effect, Step } from '../../src/tui/state/step.js';

export const BEN: Contact = {
  id: 'gravy1ben',
  name: 'Ben',
  named: true,
  verified: false,
  blocked: false,
  online: false,
  addresses: [],
  unread: 0,
};

export const offerOf = (id: string, contact = BEN.id): FileInfo => ({
  id,
  contact,
  direction: 'in',
  name: id,
  size: 100,
  bytes: 0,
  state: 'offered',
  folder: false,
});

/** An open account with one contact, on a page that has the focus. */
export function openState(stage: Partial<OpenStage> = {}, data: Partial<Data> = {}): State {
  return {
    ...initialState({ columns: 80, rows: 24 }),
    stage: {
      ...openStage({ name: 'ada', id: 'gravy1ada' }, { isElsewhere: false }),
      data: { ...NO_DATA, contacts: [BEN], ...data },
      ...stage,
    },
  };
}

export const ENTER: KeyPress = { kind: 'enter' };
export const TAB: KeyPress = { kind: 'tab' };
export const text = (typed: string): KeyPress => ({ kind: 'text', text: typed });

/** Keys one after the other, with all that they ask for. */
export function pressed(state: State, ...keys: readonly KeyPress[]): Step {
  return keys.reduce<Step>(
    (before, key) => {
      const { state: after, effects } = press(before.state, key);
      return { state: after, effects: [...before.effects, ...effects] };
    },
    { state, effects: [] },
  );
}

/** What a task of the core leads to, given what the core answers to each of its calls. */
export async function answered(
  state: State,
  effect: Effect | undefined,
  core: { attach?: boolean; call?: unknown },
): Promise<Step> {
  if (effect?.kind !== 'task') throw new Error('There is a task.');
  const gravy = { attach: async () => core.attach ?? false, call: async () => core.call };
  return (await effect.run(gravy as unknown as Parameters<typeof effect.run>[0]))(state);
}
