import type { Contact } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import type { Voice } from './voice.js';

/** A name that its bearer has chosen can change under one's eyes: that is said, whoever it may imitate. */
export function announceNames(
  voice: Voice,
  before: ReadonlyMap<string, Contact>,
  contacts: readonly Contact[],
): void {
  for (const { id, name, named } of contacts) {
    const earlier = before.get(id)?.name;
    if (earlier === undefined || earlier === name) continue;
    voice.notice(
      named
        ? `${escapeLine(earlier)} is called ${escapeLine(name)} now.`
        : `${escapeLine(earlier)} would like to be called ${escapeLine(name)}, and is from now on.`,
    );
  }
}
