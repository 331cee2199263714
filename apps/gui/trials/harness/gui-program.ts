/** What serves a page: the program in a process of its own, or the same within this one. */
export interface GuiProgram {
  /** The next link that it gives, and that was not taken yet. */
  link(): Promise<string>;
  /** One more link, as asked for by a person. */
  newLink(): Promise<string>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}
