import { SMALL_CHUNK_BYTES } from './limits.js';

interface Waiting {
  memory: Uint8Array;
  length: number;
  /** Of our own making, so that more can be put into it. */
  readonly isOwn: boolean;
}

/**
 * What has arrived and waits for the disk, in order. Chunks stay in the memory in which they came, since copying costs time; a
 * small one costs more than its bytes by itself, and is put together with those before it.
 */
export class Unwritten {
  #waiting: Waiting[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  push(data: Uint8Array): void {
    const last = this.#waiting.at(-1);
    if (isWorthKeeping(data)) {
      this.#waiting.push({ memory: data, length: data.length, isOwn: false });
    } else if (last?.isOwn === true && last.length + data.length <= SMALL_CHUNK_BYTES) {
      append(last, data);
    } else {
      this.#waiting.push({ memory: new Uint8Array(data), length: data.length, isOwn: true });
    }
  }

  /** What has waited longest. Nothing more is put into it. */
  take(): Uint8Array | undefined {
    const first = this.#waiting.shift();
    return first?.memory.subarray(0, first.length);
  }

  clear(): void {
    this.#waiting = [];
  }
}

/** Not if most of its memory is padding, or what was here already. */
function isWorthKeeping({ byteLength, buffer }: Uint8Array): boolean {
  return byteLength >= SMALL_CHUNK_BYTES && byteLength * 2 >= buffer.byteLength;
}

function append(to: Waiting, data: Uint8Array): void {
  const length = to.length + data.length;
  if (length > to.memory.length) {
    // Twice as much each time, so that no byte is moved often, nor much memory is for a few bytes.
    const memory = new Uint8Array(Math.min(SMALL_CHUNK_BYTES, Math.max(length, 2 * to.length)));
    memory.set(to.memory);
    to.memory = memory;
  }
  to.memory.set(data, to.length);
  to.length = length;
}
