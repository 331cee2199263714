import type { Block } from '../screen/page.js';
import { span } from '../screen/span.js';
import type { State } from '../state/state.js';

/** What is going on at a place, or what went wrong there. */
export function noticeBlocks(state: State, place: string, indent = 0): Block[] {
  const waiting = state.waiting[place];
  if (waiting !== undefined) return [{ kind: 'text', indent, spans: [span(waiting, 'dim')] }];
  const notice = state.notices[place];
  if (notice === undefined) return [];
  const mark = notice.kind === 'bad' ? '! ' : '';
  const tone = notice.kind === 'bad' ? 'warning' : 'accent';
  return [{ kind: 'text', indent, spans: [span(`${mark}${notice.text}`, tone)] }];
}
