import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Row } from '../../conversation/rows.js';

/** Within this many pixels of the end one is at the end, and stays there as messages come. */
const NEAR_END_PX = 48;
/** Who is this close to it has not begun to scroll away. */
const AT_END_PX = 4;
/** Older messages are asked for before the last ones that are there come into sight. */
const NEAR_START_PX = 1200;
/** So long after the log has got another size, and its rows theirs, what scrolls is the layout and not the person. */
const SETTLE_MS = 400;

interface Scrolling {
  /** Whether rows were just put before those that were there: then these stay where they are. */
  readonly isPrepended: boolean;
  readonly isAtEnd: boolean;
  /** Messages that came while one was reading further up. */
  readonly below: number;
  readonly onScroll: (offset: number) => void;
  readonly toEnd: () => void;
}

/** Keeps one's place: at the end if one is there, where one reads if not. */
export function useScrolling({
  rows,
  list,
  scroller,
  firstNew,
  readOlder,
}: {
  rows: readonly Row[];
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLElement | null>;
  firstNew: string | undefined;
  readOlder: () => void;
}): Scrolling {
  const [isAtEnd, setAtEnd] = useState(true);
  const [below, setBelow] = useState(0);
  const nearEnd = useRef(true);
  /** Whether the end is where one stays, whatever sizes change. */
  const pinned = useRef(true);
  const last = useRef<{ rows: readonly Row[] }>({ rows: [] });
  const frame = useRef({ width: 0, height: 0, settlesUntil: 0 });
  // The first row is always a day; the one after it is the oldest message, or the line before it.
  const before = last.current.rows;
  const isPrepended =
    before.length > 0 &&
    rows.length > before.length &&
    messageOf(rows.at(-1)) === messageOf(before.at(-1)) &&
    rows !== before;

  const toEnd = useCallback(() => {
    list.current?.scrollToIndex(last.current.rows.length - 1, { align: 'end' });
  }, [list]);

  useLayoutEffect(() => {
    const isFirst = last.current.rows.length === 0;
    const added = rows.length - last.current.rows.length;
    const isAppended = messageOf(rows.at(-1)) !== messageOf(last.current.rows.at(-1));
    last.current = { rows };
    if (rows.length === 0) return;
    if (isFirst) {
      const marker = rows.findIndex(({ kind }) => kind === 'new');
      if (firstNew !== undefined && marker > 0) {
        list.current?.scrollToIndex(marker, { align: 'start' });
      } else toEnd();
    } else if (isAppended) {
      const newest = rows.at(-1);
      const isOwn = newest?.kind === 'message' && newest.message.direction === 'out';
      if (nearEnd.current || isOwn) toEnd();
      else setBelow((count) => count + Math.max(0, added));
    }
  }, [rows, list, firstNew, toEnd]);

  const isSettling = useCallback((): boolean => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = scroller.current ?? {};
    const now = performance.now();
    if (width !== frame.current.width || height !== frame.current.height) {
      frame.current = { width, height, settlesUntil: now + SETTLE_MS };
    }
    return now < frame.current.settlesUntil;
  }, [scroller]);

  // Rows and the frame get their heights after they were laid out; the end moves with them.
  useEffect(() => {
    const log = scroller.current;
    if (log === null) return undefined;
    frame.current = { width: log.clientWidth, height: log.clientHeight, settlesUntil: 0 };
    const observer = new ResizeObserver(() => {
      if (isSettling()) frame.current.settlesUntil = performance.now() + SETTLE_MS;
      if (!pinned.current) return;
      toEnd();
      // The list goes by the sizes it knows, and may learn of others only now.
      requestAnimationFrame(() => {
        if (pinned.current) log.scrollTop = log.scrollHeight;
      });
    });
    observer.observe(log);
    for (const part of log.children) observer.observe(part);
    return () => observer.disconnect();
  }, [scroller, toEnd, isSettling]);

  const onScroll = useCallback(
    (offset: number) => {
      const handle = list.current;
      if (handle === null) return;
      const distance = handle.scrollSize - handle.viewportSize - offset;
      if (pinned.current && distance > AT_END_PX && isSettling()) {
        toEnd();
        return;
      }
      const isNearEnd = distance <= NEAR_END_PX;
      pinned.current = distance <= AT_END_PX;
      nearEnd.current = isNearEnd;
      setAtEnd(isNearEnd);
      if (isNearEnd) setBelow(0);
      if (offset < NEAR_START_PX) readOlder();
    },
    [list, readOlder, isSettling, toEnd],
  );

  return { isPrepended, isAtEnd, below, onScroll, toEnd };
}

function messageOf(row: Row | undefined): string | undefined {
  return row?.kind === 'message' ? row.key : undefined;
}
