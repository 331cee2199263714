import { connect } from 'node:net';

export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends these lines as they are, and reads until the server closes. */
export async function rawRequest(
  port: number,
  lines: readonly string[],
  body = '',
): Promise<RawResponse> {
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (received += chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(received));
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  });
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [status = '', ...fields] = head.split('\r\n');
  return {
    status: Number(status.split(' ')[1]),
    headers: new Map(
      fields.map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
      }),
    ),
    body: rest.join('\r\n\r\n'),
  };
}

/** A request of the page itself, with these fields changed, added or (undefined) left out. */
export function requestLines(
  port: number,
  request: { method?: string; path?: string; version?: string },
  fields: Readonly<Record<string, string | undefined>> = {},
): string[] {
  const { method = 'GET', path = '/', version = 'HTTP/1.1' } = request;
  const own = { Host: `127.0.0.1:${port}`, Connection: 'close', ...fields };
  return [
    `${method} ${path} ${version}`,
    ...Object.entries(own).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${value}`],
    ),
  ];
}
