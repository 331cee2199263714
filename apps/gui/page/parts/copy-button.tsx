import { type ReactElement, useEffect, useState } from 'react';
import { WORDS } from '../words.js';
import { Button } from './button.js';

const SAID_MS = 2000;

/** Copies a text, and says so for a moment. */
export function CopyButton({
  label,
  text,
  kind,
  shownAs,
}: {
  label: string;
  text: string;
  kind?: 'main' | 'plain' | 'quiet';
  /** What stands on the button, if it is not the label itself. */
  shownAs?: string;
}): ReactElement {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome !== 'copied') return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  return (
    <span className="copy">
      <Button
        {...(kind === undefined ? {} : { kind })}
        onClick={copy}
        aria-label={shownAs === undefined ? undefined : label}
      >
        {shownAs ?? label}
      </Button>
      <span className="copy-outcome" role="status">
        {outcome === 'copied' && WORDS.copied}
        {outcome === 'failed' && WORDS.copyFailed}
      </span>
    </span>
  );
}
