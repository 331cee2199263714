import { type ReactElement, type ReactNode, useEffect, useId, useRef } from 'react';
import { WORDS } from '../words.js';
import { Icon } from './icon.js';

/**
 * A dialog over the page. It is the browser's own: focus stays in it, Escape closes it, focus goes back
 * to where it was, and the page below is out of reach meanwhile.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      // React passes this up from dialogs within; only our own end counts.
      onClose={({ target }) => target === dialog.current && onClose()}
      onClick={({ target }) => target === dialog.current && onClose()}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={titleId}>
            <bdi>{title}</bdi>
          </h2>
          <button
            type="button"
            className="button button-quiet icon-button"
            aria-label={WORDS.close}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
