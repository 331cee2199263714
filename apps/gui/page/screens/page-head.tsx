import type { ReactElement } from 'react';
import type { View } from '../browser/view.js';
import { Icon } from '../parts/icon.js';
import { WORDS } from '../words.js';

/** The way back to the list, where the screen is too narrow for both. */
export function BackToList({ open }: { open: (view: View) => void }): ReactElement {
  return (
    <button
      type="button"
      className="button button-quiet icon-button narrow-only"
      aria-label={WORDS.sidebar.showList}
      onClick={() => open({ kind: 'list' })}
    >
      <Icon name="back" />
    </button>
  );
}

export function PageHead({
  title,
  open,
}: {
  title: string;
  open: (view: View) => void;
}): ReactElement {
  return (
    <header className="page-head">
      <BackToList open={open} />
      <h1>{title}</h1>
    </header>
  );
}
