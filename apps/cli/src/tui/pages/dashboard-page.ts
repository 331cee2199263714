import type { Contact, RequestInfo } from '@gravy/messenger';
import { shortenId } from '../../terminal/table.js';
import { formatMoment } from '../../terminal/times.js';
import type { Block, Page } from '../screen/page.js';
import { type Span, span } from '../screen/span.js';
import { fieldOf, type OpenStage, type State } from '../state/state.js';
import { noticeBlocks } from './notice-blocks.js';

/** One's own key, the contacts, and who asks to become one. */
export function dashboardPage(state: State, stage: OpenStage, nowMs: number): Page {
  const { requests } = stage.data;
  return {
    title: 'Dashboard',
    blocks: [
      ...noticeBlocks(state, 'removed'),
      ...ownKey(state, stage),
      ...(requests.length === 0 ? [] : requestBlocks(state, requests, nowMs)),
      { kind: 'gap' },
      ...contactBlocks(state, stage),
      { kind: 'gap' },
      {
        kind: 'buttons',
        controls: [
          { id: 'search', label: 'Search', action: { kind: 'show', section: { kind: 'search' } } },
          { id: 'files', label: 'Files', action: { kind: 'show', section: { kind: 'files' } } },
          { id: 'log-out', label: 'Log out', action: { kind: 'log-out' } },
        ],
      },
      ...noticeBlocks(state, 'dashboard'),
    ],
  };
}

function ownKey(state: State, { account, advice, isElsewhere }: OpenStage): Block[] {
  return [
    ...advice.map((words): Block => ({ kind: 'text', spans: [span(words, 'warning')] })),
    ...(advice.length > 0
      ? [
          {
            kind: 'buttons',
            controls: [{ id: 'dismiss', label: 'Understood', action: { kind: 'dismiss-advice' } }],
          } as const,
          { kind: 'gap' } as const,
        ]
      : []),
    { kind: 'heading', text: `Public key of ${account.name}` },
    { kind: 'text', spans: [span(account.id, 'accent')] },
    {
      kind: 'buttons',
      controls: [
        {
          id: 'copy-key',
          label: 'Copy public key',
          action: { kind: 'copy', text: account.id, place: 'key' },
        },
        {
          id: 'qr',
          label: 'Show QR code',
          action: { kind: 'show-qr', title: `Public key of ${account.name}`, text: account.id },
        },
      ],
    },
    ...noticeBlocks(state, 'key'),
    ...(isElsewhere
      ? [
          {
            kind: 'text',
            spans: [span('This account is open in another program of yours too.', 'dim')],
          } as const,
        ]
      : []),
  ];
}

function requestBlocks(state: State, requests: readonly RequestInfo[], nowMs: number): Block[] {
  return [
    { kind: 'gap' },
    { kind: 'heading', text: 'Requests' },
    ...requests.flatMap((request): Block[] => [
      {
        kind: 'text',
        spans: [
          span(shortenId(request.id), 'bold'),
          span(`  asks to be let in, ${formatMoment(request.receivedAt, nowMs)}`, 'dim'),
        ],
      },
      {
        kind: 'field',
        value: fieldOf(state, `request.name:${request.id}`),
        control: {
          id: `request.name:${request.id}`,
          label: 'Name',
          action: { kind: 'accept-request', id: request.id },
        },
      },
      {
        kind: 'buttons',
        controls: [
          {
            id: `accept:${request.id}`,
            label: 'Accept',
            action: { kind: 'accept-request', id: request.id },
          },
          {
            id: `decline:${request.id}`,
            label: 'Decline',
            action: { kind: 'decline-request', id: request.id },
          },
          {
            id: `block:${request.id}`,
            label: 'Block',
            action: { kind: 'block-request', id: request.id },
          },
        ],
      },
      ...noticeBlocks(state, `request:${request.id}`),
    ]),
  ];
}

function contactBlocks(state: State, stage: OpenStage): Block[] {
  const { contacts } = stage.data;
  return [
    { kind: 'heading', text: 'Contacts' },
    ...(contacts.length === 0 && !stage.isAddingContact
      ? [
          {
            kind: 'text',
            spans: [
              span(
                'No contacts yet. Start the server and create an invite for somebody, connect with an invite you got, or add their public key here.',
                'dim',
              ),
            ],
          } as const,
        ]
      : []),
    ...contacts.flatMap((contact) => contactRow(state, stage, contact)),
    ...(stage.isAddingContact ? addForm(state) : []),
    {
      kind: 'buttons',
      controls: stage.isAddingContact
        ? [
            { id: 'add', label: 'Add contact', action: { kind: 'add-contact' } },
            { id: 'cancel-add', label: 'Cancel', action: { kind: 'close' } },
          ]
        : [{ id: 'show-add', label: 'Add contact', action: { kind: 'show-add-contact' } }],
    },
    ...noticeBlocks(state, 'add'),
  ];
}

function addForm(state: State): Block[] {
  return [
    {
      kind: 'field',
      value: fieldOf(state, 'add.name'),
      control: { id: 'add.name', label: 'Name' },
    },
    {
      kind: 'field',
      value: fieldOf(state, 'add.id'),
      hint: 'gravy1...',
      control: { id: 'add.id', label: 'Public key', action: { kind: 'add-contact' } },
    },
  ];
}

function contactRow(state: State, { unfolded }: OpenStage, contact: Contact): Block[] {
  const { id, name } = contact;
  const row: Block = {
    kind: 'row',
    control: { id: `contact:${id}`, label: name, action: { kind: 'unfold', contact: id } },
    aside: contactSigns(contact),
  };
  if (unfolded !== id) return [row];
  return [
    row,
    ...noticeBlocks(state, `contact:${id}`, 4),
    { kind: 'text', indent: 4, spans: [span(id, 'dim')] },
    {
      kind: 'buttons',
      indent: 4,
      controls: [
        {
          id: `open:${id}`,
          label: 'Open history',
          action: { kind: 'show', section: { kind: 'conversation', contact: id } },
        },
        {
          id: `delete:${id}`,
          label: 'Delete history',
          action: { kind: 'ask-delete-history', contact: id },
        },
        { id: `verify:${id}`, label: 'Verify', action: { kind: 'verify', contact: id } },
        {
          id: `remove:${id}`,
          label: 'Remove contact',
          action: { kind: 'ask-remove-contact', contact: id },
        },
      ],
    },
  ];
}

function contactSigns({ online, verified, blocked }: Contact): Span[] {
  return [
    span(online ? 'online' : 'offline', online ? 'accent' : 'dim'),
    span('  '),
    span(verified ? 'verified' : 'not verified', 'dim'),
    ...(blocked ? [span('  '), span('blocked', 'warning')] : []),
  ];
}
