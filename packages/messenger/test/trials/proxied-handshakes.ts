// Handshakes of two real ends, composed as an account composes them, with a bad network in between.
import { type Channel, openChannel, OwnKey, ProtocolError, upgradePath } from '@gravy/protocol';
import { ChaosProxy, type Treatment } from '@gravy/testing';
import {
  dial,
  listen,
  type Listener,
  type ServerConnection,
  TransportError,
} from '@gravy/transport';

/** The frame of message 4: two bytes before 117. */
const ACCEPTANCE_FRAME_BYTES = 2 + 117;

const HOST_KEY = OwnKey.fromSeed(new Uint8Array(32).fill(1));
const GUEST_KEY = OwnKey.fromSeed(new Uint8Array(32).fill(2));

export type Outcome =
  | { readonly kind: 'session'; readonly channel: Channel }
  | { readonly kind: 'failed'; readonly code: string };

/** The bytes of one whole handshake, upgrade included. */
export interface HandshakeBytes {
  readonly toServer: number;
  readonly toClient: number;
  /** With fewer, the client has not seen message 2, and so cannot have sent message 3. */
  readonly toClientUpToReply: number;
}

/** A host, a guest who is welcome, and a proxy in between. */
export class ProxiedHandshakes {
  /** What became of each connection on which the host saw a WebSocket, in their order. */
  readonly hostOutcomes: Promise<Outcome>[] = [];
  readonly proxy: ChaosProxy;
  readonly #listener: Listener;
  readonly #channels: Channel[] = [];

  private constructor(proxy: ChaosProxy, listener: Listener) {
    this.proxy = proxy;
    this.#listener = listener;
  }

  static async open(
    options: { seed?: number; maxUnauthenticated?: number } = {},
  ): Promise<ProxiedHandshakes> {
    const { seed = 1, ...limits } = options;
    const opened = Promise.withResolvers<ProxiedHandshakes>();
    const listener = await listen({
      port: 0,
      hostname: '127.0.0.1',
      path: upgradePath(HOST_KEY.id),
      limits,
      onConnection: (connection) =>
        void opened.promise.then((handshakes) =>
          handshakes.hostOutcomes.push(handshakes.#admit(connection)),
        ),
    });
    const proxy = await ChaosProxy.before(listener, { seed });
    opened.resolve(new ProxiedHandshakes(proxy, listener));
    return opened.promise;
  }

  get unauthenticatedCount(): number {
    return this.#listener.unauthenticatedCount;
  }

  /** How many bytes a handshake takes, by one that nothing disturbs. */
  async measure(): Promise<HandshakeBytes> {
    const index = this.proxy.connections.length;
    const outcome = await this.dial({});
    if (outcome.kind === 'failed')
      throw new Error(`An undisturbed handshake failed: ${outcome.code}`);
    const { toServer = 0, toClient = 0 } = this.proxy.connections[index]?.passedBytes ?? {};
    return { toServer, toClient, toClientUpToReply: toClient - ACCEPTANCE_FRAME_BYTES };
  }

  /** The guest dials through the proxy; what comes of it on its side. */
  async dial(treatment: Treatment, options: { timeoutMs?: number } = {}): Promise<Outcome> {
    this.proxy.treat = () => treatment;
    const peerId = HOST_KEY.id;
    return this.#outcomeOf(async () => {
      const url = `ws://127.0.0.1:${this.proxy.port}`;
      const connection = await dial(url, { path: upgradePath(peerId), ...options });
      return openChannel(connection, { role: 'client', ownKey: GUEST_KEY, peerId });
    });
  }

  /** The sessions that the host took for complete, once all of its attempts are over. */
  async hostSessions(): Promise<Channel[]> {
    const outcomes = await Promise.all(this.hostOutcomes);
    return outcomes.flatMap((outcome) => (outcome.kind === 'session' ? [outcome.channel] : []));
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await Promise.all(this.#channels.map(({ closed }) => closed));
    await Promise.all(this.hostOutcomes);
    await this.#listener.close();
  }

  #admit(connection: ServerConnection): Promise<Outcome> {
    return this.#outcomeOf(async () => {
      try {
        const channel = await openChannel(connection, {
          role: 'server',
          ownKey: HOST_KEY,
          onPlausible: () => {
            connection.raise('plausible');
            return true;
          },
          authorize: ({ id }) => Buffer.from(id).equals(GUEST_KEY.id),
        });
        connection.raise('authenticated');
        return channel;
      } catch (error) {
        connection.terminate();
        throw error;
      }
    });
  }

  async #outcomeOf(open: () => Promise<Channel>): Promise<Outcome> {
    try {
      const channel = await open();
      this.#channels.push(channel);
      return { kind: 'session', channel };
    } catch (error) {
      if (error instanceof ProtocolError || error instanceof TransportError) {
        return { kind: 'failed', code: error.code };
      }
      throw error;
    }
  }
}
