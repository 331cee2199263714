import type { ReactElement } from 'react';

/** One set, drawn on a grid of 16 with a line of 1.5. */
const PATHS = {
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  back: 'M9.5 3.5L5 8l4.5 4.5',
  down: 'M8 3v9.5M4 8.5l4 4 4-4',
  dashboard: 'M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5H9z',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  connect: 'M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7',
  queued: 'M8 2.5a5.5 5.5 0 1 0 .01 0M8 5v3l2 1.5',
  sent: 'M3.5 8.5l3 3 6-7',
  delivered: 'M1.5 8.5l3 3 6-7M8 11.5l6.5-7',
  read: 'M1.5 8.5l3 3 6-7M8 11.5l6.5-7',
  failed: 'M8 2.5a5.5 5.5 0 1 0 .01 0M8 5v3.5M8 11h.01',
  cancelled: 'M8 2.5a5.5 5.5 0 1 0 .01 0M4.5 11.5l7-7',
  reply: 'M6.5 4L3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4v.5',
} as const;

export type IconName = keyof typeof PATHS;

/** For the eye alone: beside a text, or in something that has an accessible name. */
export function Icon({ name }: { name: IconName }): ReactElement {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
