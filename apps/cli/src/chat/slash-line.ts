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

/** `URL NAME`, where the name may have spaces. */
export function parseConnectArgument(
  argument: string,
): { url: string; contact: string } | undefined {
  const [, url = '', contact = ''] = /^(\S+)\s+(.+)$/su.exec(argument) ?? [];
  return contact === '' ? undefined : { url, contact: unquote(contact) };
}

/** Names may be written as in a shell, between quotes. */
export function unquote(text: string): string {
  const [, inner] = /^"(.*)"$/su.exec(text.trim()) ?? [];
  return inner ?? text.trim();
}
