import { shortenId } from '../../terminal/table.js';
import { formatMoment } from '../../terminal/times.js';
import type { Block, Page } from '../screen/page.js';
import { type Span, span } from '../screen/span.js';
import { fieldOf, type Found, type OpenStage, type State } from '../state/state.js';
import { noticeBlocks } from './notice-blocks.js';

type Match = Found['matches'][number];

/** What was said, in all conversations. */
export function searchPage(state: State, stage: OpenStage, nowMs: number): Page {
  return {
    title: 'Search',
    blocks: [
      {
        kind: 'field',
        hint: 'words, or how they begin',
        value: fieldOf(state, 'search.query'),
        control: { id: 'search.query', label: 'Search', action: { kind: 'search' } },
      },
      ...noticeBlocks(state, 'search'),
      { kind: 'gap' },
      ...(stage.found === undefined ? [] : results(stage, stage.found, nowMs)),
    ],
  };
}

function results(stage: OpenStage, { query, matches, total }: Found, nowMs: number): Block[] {
  if (total === 0) {
    const words = `Nothing has all of "${query}". Fewer or shorter words find more.`;
    return [{ kind: 'text', spans: [span(words, 'dim')] }];
  }
  return [
    { kind: 'heading', text: total === 1 ? 'One message' : `${total} messages` },
    ...matches.flatMap((match) => matchBlocks(stage, match, nowMs)),
    ...(matches.length < total
      ? [
          {
            kind: 'buttons',
            controls: [{ id: 'more', label: 'Show more', action: { kind: 'search-more' } }],
          } as const,
        ]
      : []),
  ];
}

function matchBlocks({ data }: OpenStage, match: Match, nowMs: number): Block[] {
  const { id, contact, at } = match;
  const name = data.contacts.find((other) => other.id === contact)?.name ?? shortenId(contact);
  return [
    {
      kind: 'row',
      control: {
        id: `match:${contact}:${id}`,
        label: name,
        action: { kind: 'show', section: { kind: 'conversation', contact, message: id } },
      },
      aside: [span(formatMoment(at, nowMs), 'dim')],
    },
    { kind: 'text', indent: 4, spans: highlighted(match) },
  ];
}

/** The words that were looked for stand out. */
function highlighted({ snippet, highlights }: Match): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const [from, to] of highlights) {
    spans.push(span(snippet.slice(end, from)), span(snippet.slice(from, to), 'accent'));
    end = to;
  }
  return [...spans, span(snippet.slice(end))].filter(({ text }) => text !== '');
}
