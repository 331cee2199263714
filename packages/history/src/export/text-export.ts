import type { ExportFormat } from './export-conversation.js';
import { harmlessLine, harmlessText, timeText } from './harmless-text.js';

/** No line of a message but the first begins at the margin: none can look like another message. */
const INDENT = '    ';

export const textExport: ExportFormat = {
  begin: ({ contact, idText }) => {
    const name = harmlessLine(contact.name);
    return `Conversation with ${name}\n${idText(contact.id)}\n\n`;
  },
  message: (message, { contact, ownName }) => {
    const { direction, at, text, file, state } = message;
    const writer = harmlessLine(direction === 'out' ? ownName : contact.name);
    const notes = direction === 'out' && ['failed', 'cancelled', 'queued'].includes(state);
    const shown =
      file === undefined
        ? harmlessText(text).replaceAll('\n', `\n${INDENT}`)
        : `[file, ${file.size} bytes, ${file.state}] ${harmlessLine(text)}`;
    return `[${timeText(at)}] ${writer}: ${shown}${notes ? ` (${state})` : ''}\n`;
  },
  end: () => '',
};
