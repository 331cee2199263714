// The two CLOSE records at the end of a channel: Spec 5.2.
import { CLOSE_TIMEOUT_MS } from '../limits.js';
import { CLOSE_CODE, type CloseCode } from '../record/close-code.js';
import { endReason } from '../record/end-reason.js';
import type { Session } from '../record/session.js';
import type { ChannelEnd } from './channel-end.js';

interface CloseExchangeOptions {
  readonly session: Session;
  /** Seals CLOSE and hands it to the connection; settles when it is there. After it nothing more is sent. */
  readonly sendClose: (code: CloseCode) => Promise<void>;
  /** Both CLOSEs have been seen, or ours has waited 2 s for the other. */
  readonly onDone: () => void;
}

export class CloseExchange {
  readonly #options: CloseExchangeOptions;
  /** The code of our CLOSE, unless it was an answer. */
  #ownCode: CloseCode | undefined;
  #sent: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CloseExchangeOptions) {
    this.#options = options;
  }

  /** Sends CLOSE with this code, unless one has gone out already. */
  start(code: CloseCode): void {
    if (this.#sent) return;
    this.#ownCode = code;
    void this.#send(code);
  }

  /** The peer's CLOSE is here: answers unless ours has gone out, and is done once ours is with the connection. */
  async finishWithPeer(): Promise<void> {
    await (this.#sent ?? this.#send(CLOSE_CODE.normal));
    this.#options.onDone();
  }

  /** How a channel ends that ends now. */
  outcome(): ChannelEnd {
    const { peerClose } = this.#options.session;
    const reason = endReason(this.#ownCode, peerClose);
    if (!reason) return { kind: 'lost', cause: 'connection' };
    return { ...reason, allArrived: peerClose?.allArrived ?? false };
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #send(code: CloseCode): Promise<void> {
    this.#timer = setTimeout(this.#options.onDone, CLOSE_TIMEOUT_MS);
    // A CLOSE that cannot be sent any more leaves the end to the reading side.
    this.#sent = this.#options.sendClose(code).catch(() => undefined);
    return this.#sent;
  }
}
