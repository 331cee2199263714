/**
 * Tells when nothing has happened for a while. `touch` is called for every record, so it only notes the time; the timer looks
 * when it fires.
 */
export class IdleTimer {
  readonly #idleMs: () => number;
  readonly #onIdle: () => void;
  #limitMs: number;
  #since = performance.now();
  #isPaused = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `idleMs` is asked anew each time it has fired, for limits that vary. `onIdle` is called once per idle time; then the time starts again. */
  constructor(idleMs: () => number, onIdle: () => void) {
    this.#idleMs = idleMs;
    this.#onIdle = onIdle;
    this.#limitMs = idleMs();
    this.#arm(this.#limitMs);
  }

  /** Something has happened: the time starts again. */
  touch(): void {
    this.#since = performance.now();
  }

  /** Nothing is expected until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  /** The time starts again. */
  resume(): void {
    if (this.#isStopped) return;
    this.#isPaused = false;
    this.touch();
    if (this.#timer === undefined) this.#arm(this.#limitMs);
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(delayMs: number): void {
    this.#timer = setTimeout(() => this.#look(), delayMs);
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#isPaused) return;
    const restMs = this.#since + this.#limitMs - performance.now();
    if (restMs > 0) {
      this.#arm(restMs);
      return;
    }
    this.#limitMs = this.#idleMs();
    this.#arm(this.#limitMs);
    this.#onIdle();
  }
}
