import { createHash } from 'node:crypto';
import type { ExportFormat } from './export-conversation.js';
import { harmlessLine, harmlessText, timeText } from './harmless-text.js';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; }
h1 { font-size: 1.3rem; }
.id { font: 0.8rem ui-monospace, monospace; overflow-wrap: anywhere; opacity: 0.7; }
ol { list-style: none; padding: 0; }
li { margin: 0.5rem 0; padding: 0.5rem 0.75rem; border-radius: 0.75rem; background: #8882; width: fit-content; max-width: 85%; }
li.out { margin-left: auto; background: #48f3; }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
small { opacity: 0.7; }
`;

/** Nothing is loaded and nothing runs, whatever a message says: only this style is let through. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** One page that needs nothing else. All that anybody wrote is text between tags, in a direction of its own. */
export const htmlExport: ExportFormat = {
  begin: ({ contact, idText }) => {
    const name = escaped(harmlessLine(contact.name));
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Conversation with ${name}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Conversation with <bdi>${name}</bdi></h1>
<p class="id">${escaped(idText(contact.id))}</p>
<ol>
`;
  },
  message: ({ direction, at, text, file, state }, { contact, ownName }) => {
    const writer = escaped(harmlessLine(direction === 'out' ? ownName : contact.name));
    const isOver = direction === 'in' && state !== 'failed';
    const shown = escaped(file === undefined ? harmlessText(text) : harmlessLine(text));
    const size =
      file === undefined ? '' : ` <small>(file, ${file.size} bytes, ${file.state})</small>`;
    const status = isOver ? '' : `, ${state}`;
    return `<li class="${direction}"><small><bdi>${writer}</bdi>, ${timeText(at)}${status}</small><p dir="auto"><bdi>${shown}</bdi>${size}</p></li>\n`;
  },
  end: () => '</ol>\n</body>\n</html>\n',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
