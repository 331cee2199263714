import type { ComponentProps, ReactElement } from 'react';

type Kind = 'main' | 'plain' | 'quiet' | 'danger';

/** A button; `isBusy` keeps it where it is, and keeps focus, while its work is under way. */
export function Button({
  kind = 'plain',
  isBusy = false,
  type = 'button',
  className,
  ...rest
}: ComponentProps<'button'> & { kind?: Kind; isBusy?: boolean }): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={isBusy || undefined}
      className={`button button-${kind}${className === undefined ? '' : ` ${className}`}`}
    />
  );
}
