import type { ReactElement } from 'react';

const HUES = 8;
/** After `gravy1`. */
const ID_START = 6;

/** A contact's initials on a colour that its key decides; the name beside it says it in words. */
export function Mark({ id, name }: { id: string; name: string }): ReactElement {
  return (
    <span className={`mark mark-${hueOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

function hueOf(id: string): number {
  let sum = 0;
  for (const character of id.slice(ID_START))
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 8191;
  return sum % HUES;
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('');
}
