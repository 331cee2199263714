import type { ReactElement } from 'react';
import type { LinkState } from '../gravy/link.js';
import { Button } from '../parts/button.js';
import { usePage } from '../parts/context.js';
import { useSecondsUntil } from '../parts/use-seconds-until.js';
import { WORDS } from '../words.js';

/** The program on this machine does not answer: why, when it is tried again, and trying it now. */
export function LinkBanner({
  state,
}: {
  state: Extract<LinkState, { kind: 'waiting' }>;
}): ReactElement {
  const page = usePage();
  const seconds = useSecondsUntil(state.retryAt);
  return (
    <aside className="banner" aria-label={WORDS.link.label}>
      <p role="status">{WORDS.link[state.reason]}</p>
      <p className="banner-when">{WORDS.link.retryIn(seconds)}</p>
      <Button onClick={() => page.link.open()}>{WORDS.link.now}</Button>
    </aside>
  );
}
