import { Box, useCursor } from 'ink';
import type { ReactNode } from 'react';
import { DrawLines } from './draw-lines.js';
import { pageOf } from './pages/page-of.js';
import { type Frame, TITLE_ROWS } from './screen/frame.js';
import { layOut } from './screen/layout.js';
import { type Line, span } from './screen/span.js';
import { type Viewport, viewportOf } from './screen/viewport.js';
import { spansWidth, truncateSpans } from './screen/wrap-spans.js';
import { focusedControl } from './screen/move.js';
import type { State } from './state/state.js';
import type { Theme } from './theme.js';

/** A page with its title, scrolled to what has the focus. */
export function PageView(props: {
  readonly state: State;
  readonly frame: Frame;
  readonly theme: Theme;
}): ReactNode {
  const { state, frame, theme } = props;
  const { setCursorPosition } = useCursor();
  const page = pageOf(state);
  if (page === undefined) return null;

  const hasFocus = state.overlay !== undefined || state.focus.area === 'page';
  const focus = hasFocus ? focusedControl(page, state.focus.control) : undefined;
  const layout = layOut(page, { columns: frame.pageColumns, focus });
  const viewport = viewportOf(layout, frame.pageRows, state.scroll);
  setCursorPosition(
    viewport.cursor === undefined
      ? undefined
      : {
          x: frame.sidebarColumns + frame.ruleColumns + viewport.cursor.column,
          y: TITLE_ROWS + viewport.cursor.row,
        },
  );
  return (
    <Box flexDirection="column" width={frame.pageColumns} flexShrink={0}>
      <DrawLines
        lines={[
          titleLine(page.title, viewport, frame.pageColumns),
          // Nothing but ASCII in the first frame: to measure anything else takes a moment to prepare.
          state.stage.kind === 'start' ? [] : [span('─'.repeat(frame.pageColumns), 'dim')],
        ]}
        theme={theme}
        columns={frame.pageColumns}
        rows={TITLE_ROWS}
      />
      <DrawLines
        lines={viewport.lines}
        theme={theme}
        columns={frame.pageColumns}
        rows={frame.pageRows}
      />
    </Box>
  );
}

/** The title, and how much of the page is out of sight. */
function titleLine(title: string, { above, below }: Viewport, columns: number): Line {
  const more = [
    ...(above > 0 ? [`${above} above`] : []),
    ...(below > 0 ? [`${below} below`] : []),
  ].join(', ');
  const aside = span(more === '' ? '' : `${more} `, 'dim');
  const name = truncateSpans([span(`  ${title}`, 'bold')], columns - spansWidth([aside]) - 1);
  const gap = span(' '.repeat(Math.max(0, columns - spansWidth([...name, aside]))));
  return [...name, gap, aside];
}
