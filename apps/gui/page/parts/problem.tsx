import type { ReactElement } from 'react';

/** What went wrong and what to do, right where it went wrong. */
export function Problem({
  id,
  text,
}: {
  id?: string;
  text: string | undefined;
}): ReactElement | null {
  if (text === undefined) return null;
  return (
    <p className="problem" role="alert" id={id}>
      <bdi>{text}</bdi>
    </p>
  );
}
