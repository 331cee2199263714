// The code blocks of a document.
export interface Block {
  /** The first word behind the fence, and the others. */
  readonly language: string;
  readonly words: string;
  readonly text: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
}

/** In their order. Fences have three backticks and begin a line, in every document of the repository. */
export function blocksOf(markdown: string): readonly Block[] {
  const fences = markdown.matchAll(/^```([^\s`]*)[ ]*(.*)\n([^]*?)^```$/gmu);
  return Array.from(fences, ({ index, 1: language = '', 2: words = '', 3: text = '' }) => ({
    language,
    words,
    text,
    line: markdown.slice(0, index).split('\n').length + 1,
  }));
}
