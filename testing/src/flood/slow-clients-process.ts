// A process of slow clients, each of which comes again when it is cut. Started by `SlowClients`, and alone in its file
// because Node runs it as it is.
import { connect } from 'node:net';

/** What one slow client does after connecting; the first two need not know the path. */
const KINDS = ['silent', 'dribbling', 'upgraded', 'garbage'] as const;
type Kind = (typeof KINDS)[number];

export interface FloodPlan {
  readonly port: number;
  readonly path: string;
  readonly clients: number;
  /** All four by default, in turn. */
  readonly kinds?: readonly Kind[];
  /** How many addresses of this machine they come from; 1 for 127.0.0.1 alone. */
  readonly addresses: number;
  /** Whether they say, as a tunnel would, that they come from as many other addresses. */
  readonly reportsAddresses?: boolean;
  /** How long each waits before it comes again: between this and twice as much. */
  readonly pauseMs: number;
}

export interface FloodFigures {
  readonly connections: number;
  /** Connections that the host ended. */
  readonly cut: number;
}

const DRIBBLE_MS = 150;
const FIRST_MESSAGE = Buffer.concat([
  Buffer.from('82fe04e400000000', 'hex'),
  Buffer.alloc(1_252, 7),
]);

function requestOf(plan: FloodPlan, client: number): string {
  const number = client % plan.addresses;
  const reported = `198.18.${number >> 8}.${number & 255}`;
  return [
    `GET ${plan.path} HTTP/1.1`,
    'Host: a',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(plan.reportsAddresses === true ? [`cf-connecting-ip: ${reported}`] : []),
    '\r\n',
  ].join('\r\n');
}

function run(plan: FloodPlan): void {
  let [connections, cut] = [0, 0];
  const { kinds = KINDS } = plan;

  const begin = (client: number): void => {
    const kind = kinds[client % kinds.length];
    const number = client % plan.addresses;
    const socket = connect({
      port: plan.port,
      host: '127.0.0.1',
      localAddress: plan.addresses === 1 ? '127.0.0.1' : `127.1.${number >> 8}.${number & 255}`,
    });
    const request = requestOf(plan, client);
    let timer: NodeJS.Timeout | undefined;
    socket.on('error', () => undefined);
    socket.on('connect', () => {
      connections += 1;
      let sent = 0;
      if (kind === 'dribbling') {
        timer = setInterval(() => socket.write(request.charAt(sent++ % 100)), DRIBBLE_MS);
      } else if (kind !== 'silent') socket.write(request);
    });
    socket.once('data', () => {
      if (kind === 'garbage') socket.write(FIRST_MESSAGE);
    });
    socket.on('close', () => {
      cut += 1;
      clearInterval(timer);
      setTimeout(() => begin(client), plan.pauseMs * (1 + Math.random()));
    });
  };
  // Not all in one moment: each in its turn of the first pause.
  for (let client = 0; client < plan.clients; client += 1) {
    setTimeout(() => begin(client), (plan.pauseMs * client) / plan.clients);
  }
  setTimeout(() => process.send?.('all there'), plan.pauseMs);
  process.on('message', () => {
    process.send?.({ connections, cut } satisfies FloodFigures, () => process.exit());
  });
  process.on('disconnect', () => process.exit());
}

run(JSON.parse(process.argv[2] ?? '') as FloodPlan);
