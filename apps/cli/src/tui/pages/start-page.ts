import type { AccountInfo } from '@gravy/messenger';
import type { Block, Page } from '../screen/page.js';
import { span } from '../screen/span.js';
import { fieldOf, type StartStage, type State } from '../state/state.js';
import { noticeBlocks } from './notice-blocks.js';

const TITLE = 'Gravy';
const MOTTO: Block = {
  kind: 'text',
  spans: [span('End-to-end encrypted chat, from machine to machine.', 'dim')],
};

/** Before an account is open. */
export function startPage(state: State, stage: StartStage): Page {
  if (stage.accounts === undefined) {
    const words = state.waiting['start'] ?? 'Opening your accounts.';
    const blocks = noticeBlocks(state, 'start');
    return {
      title: TITLE,
      blocks: [
        MOTTO,
        { kind: 'gap' },
        ...(blocks.length > 0
          ? blocks
          : [{ kind: 'text', spans: [span(words, 'dim')] } satisfies Block]),
      ],
    };
  }
  return {
    title: TITLE,
    blocks: [MOTTO, { kind: 'gap' }, ...form(state, stage, stage.accounts)],
  };
}

function form(state: State, stage: StartStage, accounts: readonly AccountInfo[]): Block[] {
  switch (stage.form) {
    case 'create':
      return createForm(state, accounts);
    case 'log-in':
      return logInForm(state, stage, accounts);
    case 'join':
      return joinForm(state, stage.chosen ?? '');
    case 'given':
      return [text(`Opening ${stage.chosen ?? ''}.`), ...noticeBlocks(state, 'start')];
    default:
      return stage.form satisfies never;
  }
}

/** Nothing that can be typed into: whoever still types a password must see that it goes nowhere. */
function joinForm(state: State, name: string): Block[] {
  return [
    { kind: 'heading', text: 'Join' },
    {
      kind: 'text',
      spans: [span(`${name} is open in another process. Press Enter to join it, Esc to go back.`)],
    },
    {
      kind: 'buttons',
      controls: [{ id: 'join', label: `Join ${name}`, action: { kind: 'join', name } }],
    },
    ...noticeBlocks(state, 'start'),
  ];
}

function logInForm(
  state: State,
  { chosen }: StartStage,
  accounts: readonly AccountInfo[],
): Block[] {
  return [
    { kind: 'heading', text: 'Log in' },
    ...accounts.map(({ name }): Block => ({
      kind: 'choice',
      isOneOfMany: true,
      isChosen: name === chosen,
      control: { id: `account:${name}`, label: name, action: { kind: 'choose-account', name } },
    })),
    {
      kind: 'field',
      isSecret: true,
      value: fieldOf(state, 'log-in.password'),
      control: { id: 'log-in.password', label: 'Password', action: { kind: 'log-in' } },
    },
    {
      kind: 'buttons',
      controls: [
        { id: 'log-in', label: 'Log in', action: { kind: 'log-in' } },
        { id: 'show-create', label: 'Create account', action: { kind: 'show-create' } },
      ],
    },
    ...noticeBlocks(state, 'start'),
  ];
}

function createForm(state: State, accounts: readonly AccountInfo[]): Block[] {
  const field = (id: string, label: string, isSecret: boolean): Block => ({
    kind: 'field',
    isSecret,
    value: fieldOf(state, id),
    control: {
      id,
      label,
      ...(id === 'create.repeat' ? { action: { kind: 'create-account' } as const } : {}),
    },
  });
  return [
    { kind: 'heading', text: 'Create account' },
    ...(accounts.length === 0
      ? [text('There is no account on this machine yet. You make one now.')]
      : []),
    field('create.name', 'Account name', false),
    field('create.password', 'Password', true),
    field('create.repeat', 'Repeat password', true),
    text('A forgotten password cannot be recovered.'),
    {
      kind: 'buttons',
      controls: [
        { id: 'create', label: 'Create account', action: { kind: 'create-account' } },
        ...(accounts.length === 0
          ? []
          : [{ id: 'show-log-in', label: 'Log in', action: { kind: 'show-log-in' } as const }]),
      ],
    },
    ...noticeBlocks(state, 'start'),
  ];
}

const text = (words: string): Block => ({ kind: 'text', spans: [span(words, 'dim')] });
