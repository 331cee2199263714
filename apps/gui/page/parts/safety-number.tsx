import type { ReactElement } from 'react';

/** Twelve groups of five digits, as people read them to each other: four rows of three. */
export function SafetyNumber({ number, label }: { number: string; label: string }): ReactElement {
  return (
    <ol className="safety-number" aria-label={label} dir="ltr">
      {number.split(' ').map((group, index) => (
        // The same group may stand twice; its place is its identity.
        <li key={`${index}-${group}`}>{group}</li>
      ))}
    </ol>
  );
}
