import type { FileInfo } from '@gravy/messenger';
import { formatBytes, formatSpan } from '../../file/amounts.js';
import { describeState } from '../../file/file-words.js';
import { shortenId } from '../../terminal/table.js';
import type { Block, Page } from '../screen/page.js';
import { span } from '../screen/span.js';
import { type FileAction, fileActions } from '../state/action.js';
import type { OpenStage, State } from '../state/state.js';
import { noticeBlocks } from './notice-blocks.js';

const LABELS: Readonly<Record<FileAction, string>> = {
  'accept-file': 'Accept',
  'decline-file': 'Decline',
  'cancel-file': 'Cancel',
};
const BAR_COLUMNS = 20;

/** Files that come and go, newest first. */
export function filesPage(state: State, stage: OpenStage): Page {
  const { files } = stage.data;
  const none =
    'No files yet. In a conversation, /file PATH offers a file or a folder to whom you talk to.';
  return {
    title: 'Files',
    startsUnfocused: true,
    blocks:
      files.length === 0
        ? [{ kind: 'text', spans: [span(none, 'dim')] }]
        : files.flatMap((file) => fileBlocks(state, stage, file)),
  };
}

function fileBlocks(state: State, stage: OpenStage, file: FileInfo): Block[] {
  const { id, contact, direction, name, size, folder } = file;
  const person =
    stage.data.contacts.find((other) => other.id === contact)?.name ?? shortenId(contact);
  const actions = fileActions(file);
  return [
    {
      kind: 'text',
      spans: [
        span(`${folder ? 'folder ' : ''}${name}`, 'bold'),
        span(`  ${formatBytes(size)}, ${direction === 'in' ? 'from' : 'to'} ${person}`, 'dim'),
      ],
    },
    { kind: 'text', indent: 4, spans: [span(progress(stage, file))] },
    ...(actions.length === 0
      ? []
      : [
          {
            kind: 'buttons',
            indent: 4,
            controls: actions.map((kind) => ({
              id: `${kind}:${contact}:${id}`,
              label: kind === 'accept-file' && file.state === 'paused' ? 'Go on' : LABELS[kind],
              action: { kind, id, contact },
            })),
          } as const,
        ]),
    ...noticeBlocks(state, `file:${contact}:${id}`, 4),
  ];
}

function progress({ data }: OpenStage, file: FileInfo): string {
  if (file.state !== 'transferring') return describeState(file);
  const share = file.size === 0 ? 0 : file.bytes / file.size;
  const done = Math.floor(share * BAR_COLUMNS);
  const bar = `${'#'.repeat(done)}${'-'.repeat(BAR_COLUMNS - done)}  ${Math.floor(share * 100)} %`;
  const rate = data.rates[file.id] ?? 0;
  if (rate === 0) return bar;
  return `${bar}  ${formatBytes(rate)}/s, ${formatSpan((file.size - file.bytes) / rate)}`;
}
