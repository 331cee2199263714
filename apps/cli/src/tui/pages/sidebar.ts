import type { Contact } from '@gravy/messenger';
import { shortenId } from '../../terminal/table.js';
import { type Line, type Span, span } from '../screen/span.js';
import { spansWidth, truncateSpans } from '../screen/wrap-spans.js';
import type { Section } from '../state/action.js';
import { conversations } from '../state/data.js';
import type { OpenStage, State } from '../state/state.js';

export interface SidebarEntry {
  readonly section: Section;
  readonly label: string;
  readonly aside: readonly Span[];
}

/** Dashboard, Server, Connect, and then the conversations. */
export function sidebarEntries({ data }: OpenStage): readonly SidebarEntry[] {
  const { host, requests, files } = data;
  const offers = files.filter(({ state, direction }) => state === 'offered' && direction === 'in');
  const asks = requests.length === 0 ? [] : [span(`${requests.length} asking`, 'warning')];
  const hosting = host.running
    ? [span(host.sessions === 0 ? 'hosting' : `hosting ${host.sessions}`, 'accent')]
    : [];
  return [
    { section: { kind: 'dashboard' }, label: 'Dashboard', aside: asks },
    { section: { kind: 'server' }, label: 'Server', aside: hosting },
    { section: { kind: 'connect' }, label: 'Connect', aside: [] },
    ...conversations(data).map((contact): SidebarEntry => ({
      section: { kind: 'conversation', contact: contact.id },
      label: contact.name,
      aside: conversationSigns(
        contact,
        offers.some((file) => file.contact === contact.id),
      ),
    })),
  ];
}

function conversationSigns({ online, unread, blocked }: Contact, hasOffer: boolean): Span[] {
  return [
    ...(blocked ? [span('blocked ', 'dim')] : []),
    ...(unread > 0 ? [span(`${unread > 999 ? '999+' : unread} new `, 'accent')] : []),
    ...(hasOffer ? [span(unread > 0 ? '+ file ' : 'file ', 'warning')] : []),
    online ? span('*', 'accent') : span(' '),
  ];
}

const isSame = (one: Section, other: Section): boolean =>
  one.kind === 'conversation' && other.kind === 'conversation'
    ? one.contact === other.contact
    : one.kind === other.kind;

/** Where the shown section stands among the entries; -1 for one that the sidebar does not list. */
export function shownEntry(entries: readonly SidebarEntry[], { section }: OpenStage): number {
  return entries.findIndex((entry) => isSame(entry.section, section));
}

const FIXED_ENTRIES = 3;
/** Name, id and a rule above; a rule between the pages and the conversations. */
const ROWS_ABOVE = 3;

export function sidebarLines(state: State, stage: OpenStage, columns: number): Line[] {
  const { account } = stage;
  const entries = sidebarEntries(stage);
  const shown = shownEntry(entries, stage);
  const hasFocus = state.focus.area === 'sidebar';
  const rule: Line = [span('─'.repeat(columns), 'dim')];
  const draw = (entry: SidebarEntry, index: number): Line =>
    entryLine(entry, columns, index === shown ? (hasFocus ? 'focused' : 'shown') : 'other');
  const fixed = entries.slice(0, FIXED_ENTRIES).map(draw);
  const others = entries
    .slice(FIXED_ENTRIES)
    .map((entry, index) => draw(entry, index + FIXED_ENTRIES));
  const room = Math.max(1, state.size.rows - 1 - ROWS_ABOVE - FIXED_ENTRIES - 1);
  return [
    truncateSpans([span(` ${account.name}`, 'bold')], columns),
    truncateSpans([span(` ${shortenId(account.id)}`, 'dim')], columns),
    rule,
    ...fixed,
    rule,
    ...around(others, shown - FIXED_ENTRIES, room),
  ];
}

/** As many rows as there is room for, among them the one that is shown. */
function around(lines: readonly Line[], shown: number, room: number): readonly Line[] {
  if (lines.length <= room) return lines;
  const top = Math.max(0, Math.min(lines.length - room, shown - Math.floor(room / 2)));
  return lines.slice(top, top + room);
}

function entryLine(
  { label, aside }: SidebarEntry,
  columns: number,
  state: 'focused' | 'shown' | 'other',
): Line {
  const marks = { focused: '>', shown: '-', other: ' ' } as const;
  const tones = { focused: 'inverse', shown: 'bold', other: 'plain' } as const;
  const room = columns - 1 - spansWidth(aside) - 1;
  const name = truncateSpans([span(label, tones[state])], Math.max(4, room));
  const gap = span(' '.repeat(Math.max(1, room - spansWidth(name) + 1)));
  return truncateSpans([span(marks[state], 'accent'), ...name, gap, ...aside], columns);
}
