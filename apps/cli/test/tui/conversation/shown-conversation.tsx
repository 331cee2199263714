import type { Contact, GravyClient } from '@gravy/messenger';
import { type Instance, render } from 'ink';
import { PLAIN } from '../../../src/terminal/style.js';
import { Conversation } from '../../../src/tui/conversation/conversation.js';
import { VirtualTerminal } from '../virtual-terminal.js';
import { contactNamed } from './scripted-client.js';

export const KEYS = {
  enter: '\r',
  altEnter: '\u001b\r',
  ctrlJ: '\n',
  escape: '\u001b',
  tab: '\t',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  ctrlHome: '\u001b[1;5H',
  ctrlEnd: '\u001b[1;5F',
} as const;

/** As terminals send it with bracketed paste. */
export function pasted(text: string): string {
  return `\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~`;
}

/** A conversation on a terminal in memory, as it would be on a real one. */
export class ShownConversation extends VirtualTerminal {
  left = 0;
  frames = 0;
  readonly #client: GravyClient;
  readonly #ink: Instance;

  constructor(
    client: GravyClient,
    options: { contact?: Contact; columns?: number; rows?: number } = {},
  ) {
    const { contact = contactNamed('Ada'), columns = 60, rows = 20 } = options;
    super(columns, rows);
    this.#client = client;
    this.#ink = render(this.#tree(contact, columns, rows), {
      stdout: this.stdout,
      stdin: this.stdin,
      interactive: true,
      alternateScreen: true,
      exitOnCtrlC: false,
      patchConsole: false,
      incrementalRendering: true,
      onRender: () => {
        this.frames += 1;
      },
    });
  }

  /** What the frame does when the contact has changed, or the window. */
  show(contact: Contact, columns = 60, rows = 20): void {
    this.#ink.rerender(this.#tree(contact, columns, rows));
  }

  async close(): Promise<void> {
    this.#ink.unmount();
    await this.#ink.waitUntilExit();
  }

  #tree(contact: Contact, columns: number, rows: number): React.ReactNode {
    return (
      <Conversation
        client={this.#client}
        contact={contact}
        width={columns}
        height={rows}
        focused
        style={PLAIN}
        onLeave={() => {
          this.left += 1;
        }}
      />
    );
  }
}
