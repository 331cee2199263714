import type { FileState, GravyClient } from '@gravy/messenger';
import type { Progress } from './progress-line.js';

export type FileEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'ended'; readonly state: FileState; readonly reason: string }
  /** Nothing happened for too long. */
  | { readonly kind: 'silence'; readonly hasBegun: boolean };

/** Follows one file, from before it is offered. */
export class FileWatch {
  readonly #unsubscribe: () => void;
  readonly #end = Promise.withResolvers<FileEnd>();
  readonly #timeoutMs: number | undefined;
  readonly #onProgress: (progress: Progress) => void;
  /** What was told before the call that offered the file had answered, also of other files. */
  readonly #early: (() => void)[] = [];
  #id: string | undefined;
  #hasBegun = false;
  #timer: NodeJS.Timeout | undefined;

  /** `timeoutMs`: how long nothing may happen before all has been taken; what is left then, writing and checking, is not told of. */
  constructor(
    gravy: GravyClient,
    options: { timeoutMs: number | undefined; onProgress: (progress: Progress) => void },
  ) {
    this.#timeoutMs = options.timeoutMs;
    this.#onProgress = options.onProgress;
    this.#unsubscribe = gravy.onEvent((event) => {
      if (event.method === 'file.progress') {
        this.#about(event.params.id, () => this.#progress(event.params));
      } else if (event.method === 'file.completed') {
        this.#about(event.params.id, () => this.#end.resolve({ kind: 'done' }));
      } else if (event.method === 'file.failed') {
        const { id, state, reason } = event.params;
        this.#about(id, () => this.#ended(state, reason));
      }
    });
    this.#wait();
  }

  /** This is the file that counts. */
  follow(id: string): void {
    this.#id = id;
    for (const tell of this.#early.splice(0)) tell();
  }

  outcome(): Promise<FileEnd> {
    return this.#end.promise;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #about(id: string, tell: () => void): void {
    if (this.#id === undefined) this.#early.push(() => this.#about(id, tell));
    else if (id === this.#id) tell();
  }

  /** What waits may go on within the time. */
  #ended(state: FileState, reason: string): void {
    if (state !== 'paused') this.#end.resolve({ kind: 'ended', state, reason });
  }

  #progress(progress: Progress): void {
    this.#hasBegun = true;
    if (progress.bytes < progress.size) this.#wait();
    else clearTimeout(this.#timer);
    this.#onProgress(progress);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#timeoutMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.#end.resolve({ kind: 'silence', hasBegun: this.#hasBegun });
    }, this.#timeoutMs);
  }
}
