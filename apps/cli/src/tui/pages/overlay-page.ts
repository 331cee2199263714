import { formatSafetyNumber } from '../../contact/safety-number.js';
import type { Block, Page } from '../screen/page.js';
import { span } from '../screen/span.js';
import { spansWidth } from '../screen/wrap-spans.js';
import type { Overlay, State } from '../state/state.js';
import { helpBlocks } from './help-blocks.js';
import { noticeBlocks } from './notice-blocks.js';

/** The title above with its rule, and the keys below. */
const ROWS_AROUND = 3;

/** What lies over the page. It has the width of the screen. */
export function overlayPage(state: State, overlay: Overlay): Page {
  switch (overlay.kind) {
    case 'help':
      return { title: 'Help', blocks: helpBlocks() };
    case 'qr':
      return qrPage(state, overlay);
    case 'text':
      return textPage(state, overlay);
    case 'safety-number':
      return safetyNumberPage(state, overlay);
    case 'question':
      return {
        title: overlay.title,
        blocks: [
          { kind: 'text', spans: [span(overlay.text)] },
          { kind: 'gap' },
          {
            kind: 'buttons',
            controls: [
              { id: 'no', label: 'Cancel', action: { kind: 'close' } },
              { id: 'yes', label: overlay.yes, action: overlay.action },
            ],
          },
          ...noticeBlocks(state, 'question'),
        ],
      };
    default:
      return overlay satisfies never;
  }
}

/** Half a code is of no use: where it does not fit, the page says what it needs. */
function qrPage(state: State, { title, rows }: Extract<Overlay, { kind: 'qr' }>): Page {
  if (rows === undefined) return { title, blocks: noticeBlocks(state, 'overlay') };
  const lines = rows.map((row) => [span(row, 'code')]);
  const width = Math.max(...lines.map((line) => spansWidth(line)));
  const height = lines.length + ROWS_AROUND;
  const fits = width <= state.size.columns && height <= state.size.rows;
  const words = `This QR code needs a window of ${width} columns and ${height} rows.`;
  return {
    title,
    blocks: fits
      ? [{ kind: 'picture', lines }]
      : [{ kind: 'gap' }, { kind: 'text', spans: [span(words, 'warning')] }],
  };
}

/** Rows as wide as the screen with nothing beside them: what is marked with the mouse is the text alone. */
function textPage(state: State, { title, text }: Extract<Overlay, { kind: 'text' }>): Page {
  const { columns } = state.size;
  const rows = Math.ceil(text.length / columns);
  const lines = Array.from({ length: rows }, (_, row) => [
    span(text.slice(row * columns, (row + 1) * columns)),
  ]);
  return {
    title,
    blocks: [
      {
        kind: 'text',
        spans: [span('To copy it, mark it with the mouse, all rows at once.', 'dim')],
      },
      { kind: 'gap' },
      { kind: 'picture', lines },
      { kind: 'gap' },
      {
        kind: 'buttons',
        controls: [{ id: 'close', label: 'Close', action: { kind: 'close' } }],
      },
    ],
  };
}

function safetyNumberPage(
  state: State,
  { contact, number }: Extract<Overlay, { kind: 'safety-number' }>,
): Page {
  const found =
    state.stage.kind === 'open'
      ? state.stage.data.contacts.find(({ id }) => id === contact)
      : undefined;
  const name = found?.name ?? contact;
  const words = `Compare this number with ${name}, in person or over the phone: not in this chat. If both of you see the same, nobody is in between.`;
  const rows = formatSafetyNumber(number).map((row): Block => ({
    kind: 'picture',
    lines: [[span(row, 'bold')]],
  }));
  return {
    title: `Safety number with ${name}`,
    blocks: [
      { kind: 'text', spans: [span(words)] },
      { kind: 'gap' },
      ...rows,
      { kind: 'gap' },
      {
        kind: 'text',
        spans: [span(found?.verified === true ? 'Verified.' : 'Not verified yet.', 'dim')],
      },
      // Not a control: whoever presses Enter twice to get here must not confirm what was never looked at.
      { kind: 'text', spans: [span('They match: press y.')] },
      {
        kind: 'buttons',
        controls: [
          { id: 'close', label: 'Close', action: { kind: 'close' } },
          {
            id: 'differ',
            label: 'They do not match',
            action: { kind: 'set-verified', contact, isVerified: false },
          },
          {
            id: 'qr',
            label: 'Show QR code',
            action: { kind: 'show-qr', title: `Safety number with ${name}`, text: number },
          },
        ],
      },
      ...noticeBlocks(state, 'overlay'),
    ],
  };
}
