// The server's side of opening, with the timeouts of Spec 6. Whatever is wrong, nothing is answered (Spec 5.1).
import { awaitHandshake, type ServerHandshakeOptions } from '../handshake/await-handshake.js';
import {
  SERVER_HANDSHAKE_TIMEOUT_MS,
  SERVER_HELLO_TIMEOUT_MS,
  SERVER_PROOF_TIMEOUT_MS,
} from '../limits.js';
import type { Session } from '../record/session.js';
import { decide, type Authorize } from './decide.js';
import type { Duplex } from './duplex.js';
import { exchange, receiveMessage, sendMessage } from './exchange.js';
import type { MessageReader } from './message-reader.js';
import { waitFor } from './patience.js';
import { connectionLost } from './connection-lost.js';

/** What `openChannel` needs on the side that was dialled. */
export interface ServerChannelOptions<Invite = never> extends ServerHandshakeOptions<Invite> {
  readonly role: 'server';
  /**
   * Says whether the proven peer is welcome. It has 60 s; meanwhile any message from the peer, or the end of the connection, ends
   * the attempt. What it throws is thrown by `openChannel`.
   */
  readonly authorize: Authorize<Invite>;
  /** Ends the attempt; without effect once the channel is open. */
  readonly signal?: AbortSignal | undefined;
  /** Unix milliseconds for the records' time; the default is `Date.now`. */
  readonly now?: (() => number) | undefined;
}

export interface Admitted<Invite> {
  readonly session: Session;
  readonly invite: Invite | undefined;
}

export async function serverSession<Invite>(
  duplex: Duplex,
  reader: MessageReader,
  options: ServerChannelOptions<Invite>,
): Promise<Admitted<Invite>> {
  const { authorize, signal } = options;
  let deadline = performance.now() + SERVER_HANDSHAKE_TIMEOUT_MS;
  const within = (stageMs: number): { timeoutMs: number; signal: AbortSignal | undefined } => ({
    timeoutMs: Math.max(0, Math.min(stageMs, deadline - performance.now())),
    signal,
  });
  const first = awaitHandshake(options);
  let step: { erase(): void } = first;
  try {
    const hello = await waitFor(
      receiveMessage({ reader, ended: connectionLost }),
      within(SERVER_HELLO_TIMEOUT_MS),
    );
    const second = first.receive(hello);
    step = second.next;
    const proof = await waitFor(
      exchange({ duplex, reader, message: second.message, ended: connectionLost }),
      within(SERVER_PROOF_TIMEOUT_MS),
    );
    const proven = second.next.receive(proof);
    step = { erase: () => proven.reject() };

    const heldSince = performance.now();
    await decide({ proven, authorize, reader, signal, ended: connectionLost });
    deadline += performance.now() - heldSince;

    const { message, session } = proven.accept();
    step = session;
    await waitFor(sendMessage({ duplex, message, ended: connectionLost }), within(Infinity));
    step = { erase: () => undefined };
    return { session, invite: proven.invite };
  } finally {
    step.erase();
  }
}
