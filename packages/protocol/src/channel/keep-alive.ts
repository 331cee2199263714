// PING and PONG: Spec 6.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { UINT32_SPAN, viewOf } from '../bytes.js';
import { PING_AFTER_MAX_MS, PING_AFTER_MIN_MS } from '../limits.js';
import type { Session } from '../record/session.js';
import { IdleTimer } from './idle-timer.js';

/** The time after the client's last record at which it sends PING: random, so that many clients do not keep time together. */
function pingDelayMs(backend: CryptoBackend): number {
  const fraction = viewOf(backend.randomBytes(4)).getUint32(0) / UINT32_SPAN;
  return PING_AFTER_MIN_MS + fraction * (PING_AFTER_MAX_MS - PING_AFTER_MIN_MS);
}

/** Calls `ping` when the client has sent nothing for a while. A server has no such timer. */
export function pingTimer(
  { role }: Session,
  backend: CryptoBackend,
  ping: () => void,
): IdleTimer | undefined {
  return role === 'client' ? new IdleTimer(() => pingDelayMs(backend), ping) : undefined;
}

/** Answers PINGs, at most one PONG waiting at a time: a peer that asks and does not read cannot make a queue grow. */
export class PongAnswerer {
  readonly #sendPong: () => Promise<void>;
  #isSending = false;
  #isOwed = false;

  /** `sendPong` must not reject. */
  constructor(sendPong: () => Promise<void>) {
    this.#sendPong = sendPong;
  }

  answer(): void {
    this.#isOwed = true;
    if (!this.#isSending) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isSending = true;
    while (this.#isOwed) {
      this.#isOwed = false;
      await this.#sendPong();
    }
    this.#isSending = false;
  }
}
