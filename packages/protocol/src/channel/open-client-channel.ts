// The client's side of opening, with the timeouts of Spec 6.
import { ProtocolError } from '../errors.js';
import { startHandshake, type ClientHandshakeOptions } from '../handshake/start-handshake.js';
import { CLIENT_ACCEPTANCE_TIMEOUT_MS, CLIENT_REPLY_TIMEOUT_MS } from '../limits.js';
import type { Session } from '../record/session.js';
import type { Duplex } from './duplex.js';
import { exchange } from './exchange.js';
import type { MessageReader } from './message-reader.js';
import { waitFor } from './patience.js';
import { connectionLost } from './connection-lost.js';

/** What `openChannel` needs on the side that dialled. */
export interface ClientChannelOptions extends ClientHandshakeOptions {
  readonly role: 'client';
  /** Ends the attempt; without effect once the channel is open. */
  readonly signal?: AbortSignal | undefined;
  /** Unix milliseconds for the records' time; the default is `Date.now`. */
  readonly now?: (() => number) | undefined;
}

export async function clientSession(
  duplex: Duplex,
  reader: MessageReader,
  options: ClientChannelOptions,
): Promise<Session> {
  const { signal } = options;
  const first = startHandshake(options);
  let step: { erase(): void } = first.next;
  try {
    const reply = await waitFor(
      exchange({ duplex, reader, message: first.message, ended: connectionLost }),
      {
        timeoutMs: CLIENT_REPLY_TIMEOUT_MS,
        signal,
      },
    );
    const second = first.next.receive(reply);
    step = second.next;
    const acceptance = await waitFor(
      exchange({ duplex, reader, message: second.message, ended: notAccepted }),
      { timeoutMs: CLIENT_ACCEPTANCE_TIMEOUT_MS, signal },
    );
    return second.next.receive(acceptance);
  } finally {
    step.erase();
  }
}

// A server that refuses says nothing (Spec 2.7), so a connection lost at this point looks the same.
function notAccepted(cause?: unknown): ProtocolError {
  const message = 'The peer did not accept this id. Ask to be added or for an invite.';
  return new ProtocolError('not_accepted', message, { cause });
}
