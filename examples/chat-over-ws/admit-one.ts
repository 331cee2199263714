// The server's side: of all who come, the one who has the ticket gets in.
import {
  MAX_MESSAGE_BYTES,
  openChannel,
  upgradePath,
  webSocketDuplex,
  type Channel,
  type OwnKey,
} from '@gravy/protocol';
import { WebSocketServer, type ServerOptions } from 'ws';

export interface Door {
  readonly ownKey: OwnKey;
  readonly psk: Uint8Array;
}

/** A server for the path that only those can work out who know the id. */
export function listenFor({ ownKey }: Door, where: ServerOptions): WebSocketServer {
  return new WebSocketServer({
    ...where,
    path: upgradePath(ownKey.id),
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
}

/** Resolves with the channel to the first who has the ticket, and closes the door behind them. */
export function admitOne(server: WebSocketServer, { ownKey, psk }: Door): Promise<Channel<string>> {
  const { promise, resolve } = Promise.withResolvers<Channel<string>>();
  let isOpen = true;
  server.on('connection', (socket) => {
    openChannel(webSocketDuplex(socket), {
      role: 'server',
      ownKey,
      invites: [{ key: 'ticket', psk }],
      authorize: ({ invite }) => {
        const isWelcome = isOpen && invite === 'ticket';
        if (isWelcome) isOpen = false;
        return isWelcome;
      },
    }).then(
      (channel) => {
        server.close();
        resolve(channel);
      },
      // A stranger, or somebody whose connection broke: neither may end the program.
      () => undefined,
    );
  });
  return promise;
}
