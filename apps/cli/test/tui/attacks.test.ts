// Whatever a peer chose may be hostile: on no page may it act on the terminal or pass for something else.
import type { Contact, FileInfo } from '@gravy/messenger';
import { describe, expect, it } from 'vitest';
import { keyLine } from '../../src/tui/pages/key-line.js';
import { pageOf } from '../../src/tui/pages/page-of.js';
import { sidebarLines } from '../../src/tui/pages/sidebar.js';
import { layOut } from '../../src/tui/screen/layout.js';
import { NO_DATA } from '../../src/tui/state/data.js';
import type { Section } from '../../src/tui/state/action.js';
import {
  initialState,
  type OpenStage,
  openStage,
  type Overlay,
  type StartStage,
  type State,
} from '../../src/tui/state/state.js';

const ATTACKS = [
  '\u001b]0;owned\u0007',
  '\u001b[2J\u001b[H',
  '\u009b31m',
  'Ada\rBen',
  'Ada\n > Ben',
  '\u202egnp.exe',
  '\u2066x\u2069',
  'a\u200bb\u200f',
  '\u0000\u007f',
  '\u001b]52;c;AAAA\u0007',
  '\u{e0041}\u{e0042}',
  '\ud800',
];
/** C0, DEL, C1, bidirectional controls, halves of pairs, and what is not seen. */
const DANGEROUS =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2028\u2029\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]/u;

const contactCalled = (name: string): Contact => ({
  id: name,
  name,
  named: false,
  verified: false,
  blocked: false,
  online: true,
  addresses: [`ws://${name}`],
  unread: 1,
});

function everyPage(attack: string): State[] {
  const stage: OpenStage = {
    ...openStage({ name: attack, id: attack }, { isElsewhere: true, advice: [attack] }),
    unfolded: attack,
    invite: { id: attack, invite: attack, expiresAt: 0 },
    found: {
      query: attack,
      total: 2,
      matches: [{ id: attack, contact: attack, at: 0, snippet: attack, highlights: [[0, 2]] }],
    },
    data: {
      ...NO_DATA,
      contacts: [contactCalled(attack)],
      sessions: [
        { id: attack, contact: attack, role: 'host', openedAt: 0, remote: attack, tunnel: false },
      ],
      requests: [{ id: attack, receivedAt: 0, safetyNumber: attack }],
      files: [fileCalled(attack)],
      host: { running: true, url: attack, urls: [attack, attack], sessions: 1 },
      hostNews: { running: true, state: 'closed', message: attack },
    },
  };
  const open: State = {
    ...initialState({ columns: 80, rows: 24 }),
    stage,
    notices: { key: { kind: 'bad', text: attack }, connect: { kind: 'bad', text: attack } },
    waiting: { server: attack },
    fields: { 'connect.url': { text: attack, cursor: 1 } },
  };
  const sections = ['dashboard', 'server', 'connect', 'search', 'files'] as const;
  const overlays: Overlay[] = [
    { kind: 'safety-number', contact: attack, number: attack },
    { kind: 'question', title: attack, text: attack, yes: attack, action: { kind: 'close' } },
  ];
  return [
    ...(['log-in', 'join', 'given'] as const).map((form): State => ({
      ...open,
      stage: { ...openStart(attack), form },
    })),
    ...sections.map((kind): State => ({ ...open, stage: { ...stage, section: { kind } } })),
    ...overlays.map((overlay): State => ({ ...open, overlay })),
  ];
}

const openStart = (attack: string): StartStage => ({
  kind: 'start',
  accounts: [{ name: attack, id: attack }],
  form: 'log-in',
  chosen: attack,
  isOpening: false,
});

const fileCalled = (name: string): FileInfo => ({
  id: name,
  contact: name,
  direction: 'in',
  name,
  size: 10,
  bytes: 5,
  state: 'paused',
  folder: true,
  reason: name,
});

describe.each(ATTACKS.map((attack) => [JSON.stringify(attack), attack]))('%s', (_title, attack) => {
  it('is drawn as what it is, on every page', () => {
    for (const state of everyPage(attack)) {
      const page = pageOf(state, 0);
      if (page === undefined) throw new Error('There is a page.');
      const { lines } = layOut(page, { columns: 55, focus: undefined });
      const { stage } = state;
      const sidebar = stage.kind === 'open' ? sidebarLines(state, stage, 24) : [];
      const drawn = [...lines, ...sidebar, keyLine(state)].flat().map(({ text }) => text);
      expect(drawn.join('')).not.toMatch(DANGEROUS);
      expect(drawn.join('')).toContain('<U+');
    }
  });
});

it('has pages for all sections but conversations', () => {
  const kinds: Section['kind'][] = everyPage('x').flatMap(({ stage }) =>
    stage.kind === 'open' ? [stage.section.kind] : [],
  );
  expect(new Set(kinds)).toEqual(new Set(['dashboard', 'server', 'connect', 'search', 'files']));
});
