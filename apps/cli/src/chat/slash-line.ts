/** What a finished line asks for. */
export type ChatLine =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly name: string; readonly argument: string };

/** A slash begins a command; two begin a text that starts with one. */
export function parseChatLine(line: string): ChatLine {
  if (line.trim() === '') return { kind: 'nothing' };
  if (line.startsWith('//')) return { kind: 'text', text: line.slice(1) };
  const command = /^\/(\S*)\s*(.*)$/su.exec(line);
  if (command === null) return { kind: 'text', text: line };
  const [, name = '', argument = ''] = command;
  return { kind: 'command', name: name.toLowerCase(), argument: argument.trim() };
}

const URL_START = /^(wss?|https?):\/\//iu;

/** `NAME ID [URL]`, where the name may have spaces. */
export function parseAddArgument(
  argument: string,
): { name: string; id: string; url?: string } | undefined {
  const words = argument.split(/\s+/u);
  const last = words.at(-1) ?? '';
  const url = URL_START.test(last) ? words.pop() : undefined;
  const id = words.pop() ?? '';
  const name = unquote(words.join(' '));
  if (name === '' || id === '') return undefined;
  return { name, id, ...(url === undefined ? {} : { url }) };
}

/** A first word, and the rest, where a name may have spaces; undefined if there is no word at all. */
export function parseWordAndName(
  argument: string,
): { word: string; name: string | undefined } | undefined {
  const [, word = '', rest = ''] = /^(\S+)(?:\s+(.+))?$/su.exec(argument) ?? [];
  if (word === '') return undefined;
  return { word, name: rest === '' ? undefined : unquote(rest) };
}

/** Names may be written as in a shell, between quotes. */
export function unquote(text: string): string {
  const [, inner] = /^"(.*)"$/su.exec(text.trim()) ?? [];
  return inner ?? text.trim();
}
