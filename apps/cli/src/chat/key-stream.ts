import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { InputStream } from '../terminal/terminal.js';

/**
 * A terminal's input, one character at a time. Given a longer piece (a paste), node:readline neither
 * redraws its line nor counts its rows, and everything printed afterwards lands in the wrong place.
 */
export class KeyStream extends PassThrough {
  readonly isTTY = true;
  readonly #source: InputStream;
  readonly #decoder = new StringDecoder('utf8');

  constructor(source: InputStream) {
    super();
    this.#source = source;
    source.on('data', this.#receive);
    source.on('end', this.#finish);
    source.resume();
  }

  setRawMode(isRaw: boolean): this {
    this.#source.setRawMode?.(isRaw);
    return this;
  }

  /** Gives the terminal back; what is typed from now on is somebody else's. */
  detach(): void {
    this.#source.off('data', this.#receive);
    this.#source.off('end', this.#finish);
    this.#source.pause();
  }

  readonly #receive = (chunk: Buffer | string): void => {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
    for (const character of text) this.write(character);
  };

  readonly #finish = (): void => {
    this.end();
  };
}
