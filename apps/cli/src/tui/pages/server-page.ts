import type { ResultOf, SessionInfo } from '@gravy/messenger';
import { wordsFor } from '../../chat/tunnel-progress.js';
import { isOnlyLocal } from '../../invite/invite-words.js';
import { shortenId } from '../../terminal/table.js';
import { formatMoment } from '../../terminal/times.js';
import type { Block, Control, Page } from '../screen/page.js';
import { span } from '../screen/span.js';
import { fieldOf, type OpenStage, type State } from '../state/state.js';
import { tunnelChoice } from '../state/tunnel-choice.js';
import { noticeBlocks } from './notice-blocks.js';

const TUNNELS = [
  ['none', 'No Tunnel', 'this machine or network'],
  ['quick', 'Cloudflare quick tunnel', 'a public address'],
  ['named', 'Cloudflare named tunnel', 'your own host name'],
] as const;

/** To start hosting; while it runs, the Server Manager. */
export function serverPage(state: State, stage: OpenStage, nowMs: number): Page {
  const { host } = stage.data;
  return {
    title: 'Server',
    blocks: host.running ? manager(state, stage, nowMs) : startForm(state, stage),
  };
}

function startForm(state: State, stage: OpenStage): Block[] {
  const tunnel = tunnelChoice(state);
  return [
    {
      kind: 'text',
      spans: [
        span(
          'Whoever hosts waits for contacts: they connect to this machine, straight to you.',
          'dim',
        ),
      ],
    },
    { kind: 'gap' },
    {
      kind: 'field',
      value: fieldOf(state, 'server.port'),
      hint: '8080',
      control: { id: 'server.port', label: 'Port', action: { kind: 'start-server' } },
    },
    ...TUNNELS.map(([value, label, note]): Block => ({
      kind: 'choice',
      isOneOfMany: true,
      isChosen: tunnel === value,
      note,
      control: { id: `tunnel:${value}`, label, action: { kind: 'choose', name: 'tunnel', value } },
    })),
    ...(tunnel === 'named' ? namedTunnelFields(state) : []),
    toggle(state, 'lan', 'Let in this network', 'not this machine alone'),
    toggle(state, 'ask', 'Strangers may ask', 'each becomes a request'),
    {
      kind: 'buttons',
      controls: [{ id: 'start', label: 'Start server', action: { kind: 'start-server' } }],
    },
    ...noticeBlocks(state, 'server'),
    ...tunnelNews(state, stage),
    ...(state.choices['cloudflared'] === 'missing'
      ? [
          {
            kind: 'buttons',
            controls: [
              {
                id: 'install',
                label: 'Download cloudflared from its releases',
                action: { kind: 'install-cloudflared' },
              },
            ],
          } as const,
        ]
      : []),
  ];
}

/** What the tunnel does while one waits for it. */
function tunnelNews(state: State, { data }: OpenStage): Block[] {
  if (state.waiting['server'] === undefined && !data.host.running) return [];
  const words = data.hostNews === undefined ? undefined : wordsFor(data.hostNews);
  return words === undefined ? [] : [{ kind: 'text', spans: [span(words, 'dim')] }];
}

function namedTunnelFields(state: State): Block[] {
  const field = (id: string, label: string, hint: string): Block => ({
    kind: 'field',
    hint,
    value: fieldOf(state, id),
    control: { id, label },
  });
  return [
    field('server.token-file', 'Token file', 'the file with its token'),
    field('server.public-url', 'Public URL', 'wss://chat.example.com'),
  ];
}

function toggle(state: State, name: string, label: string, note: string): Block {
  return {
    kind: 'choice',
    isOneOfMany: false,
    isChosen: state.choices[name] === 'on',
    note,
    control: { id: `toggle:${name}`, label, action: { kind: 'toggle', name } },
  };
}

function manager(state: State, stage: OpenStage, nowMs: number): Block[] {
  const { host, sessions } = stage.data;
  const url = host.url ?? host.localUrl ?? '';
  const others = (host.urls ?? []).filter((other) => other !== url);
  const guests = sessions.filter(({ role }) => role === 'host');
  return [
    { kind: 'heading', text: 'Server Manager', aside: tunnelName(host) },
    { kind: 'text', spans: [span(url, 'accent')] },
    ...others.map((other): Block => ({ kind: 'text', spans: [span('also ', 'dim'), span(other)] })),
    ...(isOnlyLocal(host.urls ?? [url])
      ? [{ kind: 'text', spans: [span('(this machine only)', 'dim')] } as const]
      : []),
    {
      kind: 'buttons',
      controls: [
        { id: 'copy-url', label: 'Copy URL', action: { kind: 'copy', text: url, place: 'server' } },
        {
          id: 'qr-url',
          label: 'Show QR code',
          action: { kind: 'show-qr', title: 'URL of this server', text: url },
        },
        { id: 'invite', label: 'Create invite', action: { kind: 'create-invite' } },
        { id: 'stop', label: 'Stop server', action: { kind: 'stop-server' } },
      ],
    },
    ...noticeBlocks(state, 'server'),
    ...tunnelNews(state, stage),
    ...inviteBlocks(state, stage, nowMs),
    { kind: 'gap' },
    {
      kind: 'heading',
      text: guests.length === 0 ? 'No clients yet' : `Clients (${guests.length})`,
    },
    ...guests.flatMap((session) => clientBlocks(state, stage, session, nowMs)),
    ...(guests.length === 0
      ? [
          {
            kind: 'text',
            spans: [
              span(
                'Contacts get in with the URL. To let somebody new in, create an invite.',
                'dim',
              ),
            ],
          } as const,
        ]
      : []),
  ];
}

function tunnelName({ tunnel, policy }: ResultOf<'host.status'>): string {
  const label = TUNNELS.find(([value]) => value === tunnel)?.[1] ?? 'No Tunnel';
  return policy === 'ask' ? `${label}, strangers may ask` : label;
}

function inviteBlocks(state: State, { invite }: OpenStage, nowMs: number): Block[] {
  if (invite === undefined) return [];
  return [
    { kind: 'gap' },
    { kind: 'heading', text: 'Invite' },
    { kind: 'text', spans: [span(invite.invite, 'accent')] },
    {
      kind: 'text',
      spans: [
        span(
          `Send it to one person: whoever uses it first, until ${formatMoment(invite.expiresAt, nowMs)}, is let in and becomes a contact.`,
          'dim',
        ),
      ],
    },
    {
      kind: 'buttons',
      controls: [
        {
          id: 'copy-invite',
          label: 'Copy invite',
          action: { kind: 'copy', text: invite.invite, place: 'invite' },
        },
        {
          id: 'show-invite',
          label: 'Show invite',
          action: { kind: 'show-text', title: 'Invite', text: invite.invite },
        },
        {
          id: 'qr-invite',
          label: 'Show QR code',
          action: { kind: 'show-qr', title: 'Invite', text: invite.invite },
        },
      ],
    },
    ...noticeBlocks(state, 'invite'),
  ];
}

function clientBlocks(
  state: State,
  { data }: OpenStage,
  session: SessionInfo,
  nowMs: number,
): Block[] {
  const { id, contact, openedAt, remote, tunnel } = session;
  const name = data.contacts.find((other) => other.id === contact)?.name ?? shortenId(contact);
  const kick: Control = {
    id: `kick:${id}`,
    label: 'Kick',
    action: { kind: 'kick', session: id },
  };
  const through = tunnel ? 'through the tunnel' : 'direct';
  return [
    {
      kind: 'text',
      spans: [
        span(name, 'bold'),
        span(`  since ${formatMoment(openedAt, nowMs)}, ${through}, ${remote}`, 'dim'),
      ],
    },
    { kind: 'buttons', controls: [kick] },
    ...noticeBlocks(state, `client:${id}`),
  ];
}
