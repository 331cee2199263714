import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { Icon, type IconName } from './icon.js';

export interface MenuEntry {
  readonly label: string;
  readonly onChoose: () => void;
  readonly isDanger?: boolean;
}

/** What is needed now and then, behind one button: arrow keys walk, Escape and Tab leave. */
export function Menu({
  label,
  icon,
  entries,
}: {
  label: string;
  icon: IconName;
  entries: readonly MenuEntry[];
}): ReactElement {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    if (!isOpen) return undefined;
    itemsOf(place.current)[0]?.focus();
    const outside = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node) || place.current?.contains(target) !== true) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [isOpen]);

  const leave = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') setOpen(false);
    if (event.key === 'Escape') leave();
    const items = itemsOf(place.current);
    const at = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  };

  return (
    <div className="menu-place" ref={place}>
      <button
        ref={trigger}
        type="button"
        className="button button-quiet icon-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
      </button>
      {isOpen && (
        <div
          className="menu"
          role="menu"
          id={id}
          aria-label={label}
          tabIndex={-1}
          onKeyDown={onKeyDown}
        >
          {entries.map((entry) => (
            <button
              key={entry.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={entry.isDanger === true ? 'menu-item menu-item-danger' : 'menu-item'}
              onClick={() => {
                leave();
                entry.onChoose();
              }}
            >
              {entry.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function itemsOf(place: HTMLElement | null): readonly HTMLElement[] {
  return [...(place?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}
