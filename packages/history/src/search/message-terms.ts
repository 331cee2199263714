import { type QueryTerm, termsOf } from './terms.js';

/** A message as the index knows it. */
export interface IndexedMessage {
  readonly sequence: number;
  readonly contact: number;
  readonly text: string;
}

/** What every message of a contact has. No word of a text looks like it. */
export function contactTerm(key: number): QueryTerm {
  return { term: `@${key}`, isPrefix: false };
}

export function allTermsOf({ contact, text }: IndexedMessage): Set<string> {
  return termsOf(text).add(contactTerm(contact).term);
}

/** Where in a block that begins with `first` each term of these messages is. */
export function positionsByTerm(
  first: number,
  messages: readonly IndexedMessage[],
): ReadonlyMap<string, number[]> {
  const byTerm = new Map<string, number[]>();
  for (const message of messages) {
    const position = message.sequence - first;
    for (const term of allTermsOf(message)) {
      const positions = byTerm.get(term);
      if (positions === undefined) byTerm.set(term, [position]);
      else positions.push(position);
    }
  }
  return byTerm;
}
