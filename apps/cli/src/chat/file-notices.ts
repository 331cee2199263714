import type { FileInfo, GravyClient, GravyEvent } from '@gravy/messenger';
import { shortFileId } from '../file/file-table.js';
import { nameOfFile } from '../file/file-words.js';
import { describeProgress } from '../file/progress-line.js';
import { escapeLine } from '../terminal/escape.js';
import type { Printed } from './screen.js';
import type { Voice } from './voice.js';

type FileEvent = Extract<GravyEvent, { method: `file.${string}` }>;

/** What is kept of a file that goes on: to say how far it is in one place, and its name at the end. */
interface Underway {
  readonly file: FileInfo | undefined;
  printed: Printed | undefined;
}

/** Tells of files on their way, each on one line as long as nothing else is said. */
export class FileNotices {
  readonly #gravy: GravyClient;
  readonly #voice: Voice;
  readonly #underway = new Map<string, Underway>();

  constructor(options: { gravy: GravyClient; voice: Voice }) {
    this.#gravy = options.gravy;
    this.#voice = options.voice;
  }

  async tell(event: FileEvent): Promise<void> {
    switch (event.method) {
      case 'file.offered':
        return this.#offered(event.params.file);
      case 'file.progress': {
        const underway = await this.#of(event.params.id);
        const text = `${this.#name(underway)}: ${describeProgress(event.params)}`;
        // Not said again further down for each quarter of a second.
        if (underway.printed !== undefined && this.#voice.size === undefined) return undefined;
        underway.printed = this.#voice.noticeAgain(underway.printed, text);
        return undefined;
      }
      case 'file.completed': {
        const { id, path } = event.params;
        const underway = await this.#of(id);
        const where = path === undefined ? 'has arrived, whole.' : `is here: ${escapeLine(path)}`;
        this.#voice.noticeAgain(underway.printed, `${this.#name(underway)} ${where}`);
        this.#underway.delete(id);
        return undefined;
      }
      case 'file.failed': {
        const { id, state, reason } = event.params;
        const name = this.#name(await this.#of(id));
        const again = state === 'paused' ? ` To go on: /accept-file ${shortFileId(id)}` : '';
        this.#voice.notice(`${name}: ${state}. ${escapeLine(reason)}${again}`);
        this.#underway.delete(id);
        return undefined;
      }
      default:
        return event satisfies never;
    }
  }

  /** The message that stands for the offer was shown before. */
  #offered(file: FileInfo): void {
    if (file.state !== 'offered') return;
    const id = shortFileId(file.id);
    this.#voice.notice(
      `To take it: /accept-file ${id} or /accept-file ${id} FOLDER; to refuse it: /decline-file ${id}`,
    );
  }

  async #of(id: string): Promise<Underway> {
    const known = this.#underway.get(id);
    if (known !== undefined) return known;
    const files = await this.#gravy.call('file.list', {});
    const underway = { file: files.find((file) => file.id === id), printed: undefined };
    this.#underway.set(id, underway);
    return underway;
  }

  #name({ file }: Underway): string {
    return file === undefined ? 'The file' : nameOfFile(file);
  }
}
