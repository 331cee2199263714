import type { Contact } from '@gravy/messenger';
import { PLAIN } from '../../../src/terminal/style.js';
import {
  drawConversation,
  type Picture,
} from '../../../src/tui/conversation/draw/draw-conversation.js';
import { ConversationScreen } from '../../../src/tui/conversation/screen/conversation-screen.js';
import { contactNamed, type ScriptedClient } from './scripted-client.js';

const NOW_MS = new Date(2024, 0, 20, 12, 0).getTime();

/** A conversation without a terminal: its screen, and the rows that would be drawn. */
export class DrawnConversation {
  readonly screen: ConversationScreen;
  nowMs = NOW_MS;

  constructor(client: ScriptedClient, contact: Contact = contactNamed('Ada')) {
    this.screen = new ConversationScreen({
      client,
      contact,
      changed: () => undefined,
      now: () => this.nowMs,
    });
  }

  async start(): Promise<this> {
    this.draw();
    await this.screen.dialogue.start();
    this.draw();
    return this;
  }

  /** As after each change; what is drawn counts as seen. */
  draw(width = 60, height = 20): Picture {
    const paint = { width, height, style: PLAIN, nowMs: this.nowMs, isFocused: true };
    const picture = drawConversation(this.screen, paint);
    this.screen.seen(picture.view);
    if (picture.view.isAtEnd) this.screen.dialogue.pages.trim();
    return picture;
  }

  get text(): string {
    return this.draw().rows.join('\n');
  }
}
