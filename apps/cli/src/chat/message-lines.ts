import type { Message } from '@gravy/messenger';
import { describeFile } from '../file/file-words.js';
import { stateWord } from '../message/state-word.js';
import { escapeLine, escapeText } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { formatMoment } from '../terminal/times.js';
import type { Paragraph } from './paragraph.js';

/** A message as it stands in a conversation; `name` is the contact's. */
export function formatMessage(
  message: Message,
  options: { name: string; style: Style; nowMs: number; isToNamed: boolean },
): Paragraph {
  const { name, style, nowMs, isToNamed } = options;
  const isIn = message.direction === 'in';
  const contact = escapeLine(name);
  const speaker = isIn ? contact : isToNamed ? `you to ${contact}` : 'you';
  const time = formatMoment(message.receivedAt ?? message.at, nowMs);
  const paintedSpeaker = isIn ? style.bold(style.accent(speaker)) : style.bold(speaker);
  // A file says itself how far it is; being on its way says nothing.
  const isTold = !isIn && message.file === undefined && message.state !== 'sent';
  const state = isTold ? stateWord(message.state) : '';
  return {
    lead: `${style.dim(time)}  ${paintedSpeaker}: `,
    text: message.file === undefined ? escapeText(message.text ?? '') : describeFile(message.file),
    ...(state === '' ? {} : { tail: style.dim(`(${state})`) }),
  };
}
