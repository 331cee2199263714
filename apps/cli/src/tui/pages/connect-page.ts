import type { Block, Page } from '../screen/page.js';
import { span } from '../screen/span.js';
import { fieldOf, type OpenStage, type State, textOf } from '../state/state.js';
import { isInvite } from '../../chat/connect-target.js';
import { noticeBlocks } from './notice-blocks.js';

/** To whom, and where they host. */
export function connectPage(state: State, stage: OpenStage): Page {
  const byInvite = isInvite(textOf(state, 'connect.url').trim());
  const field = (id: string, label: string, hint: string, isLast: boolean): Block => ({
    kind: 'field',
    hint,
    value: fieldOf(state, id),
    control: { id, label, ...(isLast ? { action: { kind: 'connect' } as const } : {}) },
  });
  return {
    title: 'Connect',
    blocks: [
      field('connect.url', 'URL or invite', 'ws://..., wss://..., or gravyinvite1...', false),
      field('connect.name', 'Name', byInvite ? 'what to call them, if you like' : '', byInvite),
      ...(byInvite ? [] : [field('connect.id', 'Public key', 'gravy1...', true)]),
      {
        kind: 'buttons',
        controls: [{ id: 'connect', label: 'Connect to server', action: { kind: 'connect' } }],
      },
      ...noticeBlocks(state, 'connect'),
      { kind: 'gap' },
      ...contactList(stage),
    ],
  };
}

function contactList({ data }: OpenStage): Block[] {
  if (data.contacts.length === 0) {
    return [
      {
        kind: 'text',
        spans: [
          span('With an invite nothing else is needed: the person who hosts makes one.', 'dim'),
        ],
      },
    ];
  }
  return [
    { kind: 'heading', text: 'Contacts', aside: 'Enter fills in the fields' },
    ...data.contacts.map(({ id, name, online, addresses }): Block => ({
      kind: 'row',
      control: { id: `fill:${id}`, label: name, action: { kind: 'fill-contact', contact: id } },
      aside: [
        span(online ? 'online' : (addresses[0] ?? 'no address known'), online ? 'accent' : 'dim'),
      ],
    })),
  ];
}
