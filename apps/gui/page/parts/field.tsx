import { type ComponentProps, type ReactElement, useId } from 'react';
import { Problem } from './problem.js';

/** A labelled input with a hint below, and its own error in the place of it. */
export function Field({
  label,
  why,
  problem,
  ...rest
}: ComponentProps<'input'> & {
  label: string;
  why?: string | undefined;
  problem?: string | undefined;
}): ReactElement {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = problem !== undefined || why !== undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        {...rest}
        id={id}
        aria-describedby={hasNote ? noteId : undefined}
        aria-invalid={problem === undefined ? undefined : true}
      />
      {problem === undefined ? (
        why !== undefined && (
          <p className="note" id={noteId}>
            {why}
          </p>
        )
      ) : (
        <Problem id={noteId} text={problem} />
      )}
    </div>
  );
}
