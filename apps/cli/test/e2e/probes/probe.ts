/** What a stranger sends, and what must come back: the one answer, or nothing because it is not HTTP. */
export interface Probe {
  readonly what: string;
  readonly bytes: Buffer;
  readonly answer: 'not found' | 'cut';
  /** Sent in single bytes, each by itself. */
  readonly isSlow?: boolean;
}

/** Headers by name; undefined leaves one out that would be there. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** RFC 6455 section 1.3; the key is the one from there. */
export const UPGRADE: Headers = {
  Host: '127.0.0.1',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
export const PLAIN: Headers = { Host: '127.0.0.1' };

export function request(line: string, headers: Headers, body = ''): Buffer {
  const lines = Object.entries(headers)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${[line, ...lines].join('\r\n')}\r\n\r\n${body}`, 'latin1');
}

export function notFound(what: string, bytes: Buffer): Probe {
  return { what, bytes, answer: 'not found' };
}

export function cut(what: string, bytes: Buffer | string): Probe {
  return { what, bytes: Buffer.from(bytes), answer: 'cut' };
}
