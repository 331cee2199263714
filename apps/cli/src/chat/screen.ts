import type { Paragraph } from './paragraph.js';

/** Something that was printed and may be corrected while it is the last thing above the prompt. */
export interface Printed {
  readonly paragraph: Paragraph;
}

/** Where a conversation appears, and where lines come from. */
export interface Screen {
  /** Whether a person types here, on a line that must stay whole when something is printed. */
  readonly isInteractive: boolean;
  /** Whether a line has been begun and not finished. */
  readonly isTyping: boolean;
  /** Undefined where lines may be of any length. */
  readonly size: { readonly columns: number; readonly rows: number } | undefined;
  /** Told of each key while a text, and no command, is being typed. */
  onTyping: (() => void) | undefined;
  print(paragraph: Paragraph): Printed;
  /** Rewrites what was printed; false if that is not possible any more. */
  amend(printed: Printed, paragraph: Paragraph): boolean;
  setPrompt(prompt: string): void;
  /** Begins to read lines, one at a time in their order. Resolves when input ends. */
  readLines(handle: (line: string) => Promise<void>): Promise<void>;
  close(): void;
}
