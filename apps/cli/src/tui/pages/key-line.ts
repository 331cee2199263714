import { type Line, span } from '../screen/span.js';
import { truncateSpans } from '../screen/wrap-spans.js';
import { controlsOf, fieldAt } from '../screen/page.js';
import { focusedControl } from '../screen/move.js';
import type { State } from '../state/state.js';
import { pageOf } from './page-of.js';

/** The last line: which keys work now. The most useful first, as narrow screens cut off the rest. */
export function keyLine(state: State): Line {
  if (state.quitQuestion !== undefined) {
    return truncateSpans([span(` ${state.quitQuestion}`, 'warning')], state.size.columns);
  }
  const spans = keysNow(state).flatMap(([key, does], index) => [
    span(index === 0 ? ' ' : '  '),
    span(key, 'bold'),
    span(` ${does}`, 'dim'),
  ]);
  return truncateSpans(spans, state.size.columns);
}

function keysNow(state: State): readonly (readonly [string, string])[] {
  const { stage, overlay, focus } = state;
  const quit = ['Ctrl-C', 'quit'] as const;
  const help = ['?', 'help'] as const;
  if (overlay === undefined && stage.kind === 'open') {
    if (focus.area === 'sidebar') {
      return [['Up/Down', 'choose'], ['Enter', 'open'], ['/', 'search'], help, quit];
    }
    if (stage.section.kind === 'conversation') {
      return [['Enter', 'send'], ['PgUp', 'older'], ['Tab', 'next'], ['Esc', 'sidebar'], quit];
    }
  }
  if (overlay === undefined && stage.kind === 'start' && stage.form === 'join') {
    return [['Enter', 'join'], ['Esc', 'back'], quit];
  }
  const page = pageOf(state);
  const focused = page && focusedControl(page, focus.control);
  const field = page && fieldAt(page, focused);
  const isField = field !== undefined;
  const hasControls = page !== undefined && controlsOf(page).length > 0;
  const enter = field === undefined ? 'press' : field.action === undefined ? 'next' : 'submit';
  const back = overlay === undefined ? 'sidebar' : 'close';
  return [
    ...(hasControls
      ? [['Tab', 'next'] as const, ...(focused === undefined ? [] : [['Enter', enter] as const])]
      : overlay?.kind === 'help'
        ? [['PgUp/PgDn', 'scroll'] as const]
        : []),
    ...(stage.kind === 'open' || overlay !== undefined ? [['Esc', back] as const] : []),
    ...(isField ? [] : [help]),
    quit,
  ];
}
