import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Row } from '../../conversation/rows.js';

interface ActiveMessage {
  /** The one message whose buttons Tab reaches. */
  readonly id: string | undefined;
  /** Its row, or -1. */
  readonly index: number;
  readonly set: (id: string) => void;
  /** Brings a message into sight, and focus to it. */
  readonly goTo: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Arrow keys walk from message to message; without them Tab would stop at every one. */
export function useActiveMessage(
  rows: readonly Row[],
  list: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLElement | null>,
): ActiveMessage {
  const [id, set] = useState<string>();
  const wantsFocus = useRef(false);
  const index = id === undefined ? -1 : rows.findIndex(({ key }) => key === id);

  const goTo = useCallback((next: string) => {
    wantsFocus.current = true;
    set(next);
  }, []);
  const step = (by: 1 | -1): void => {
    let next = index === -1 ? (by === -1 ? rows.length : -1) : index;
    do next += by;
    while (rows[next] !== undefined && rows[next]?.kind !== 'message');
    const row = rows[next];
    if (row === undefined) return;
    goTo(row.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const onButton =
      event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
    if (onButton || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? -1 : 1);
  };
  useEffect(() => {
    if (!wantsFocus.current || index === -1) return;
    wantsFocus.current = false;
    list.current?.scrollToIndex(index, { align: 'nearest' });
    scroller.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
  }, [index, list, scroller]);

  return { id, index, set, goTo, onKeyDown };
}
