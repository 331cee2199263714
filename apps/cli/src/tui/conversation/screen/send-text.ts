import { CliError } from '../../../cli-error.js';
import { formatBytes } from '../../../file/amounts.js';
import { edit } from '../composer/edit.js';
import { insertPaste, isEmpty, textOf, type Writing } from '../composer/writing.js';
import type { ConversationScreen } from './conversation-screen.js';

/** What one text may have, as the core says it: told here before anything long is sent anywhere. */
const MAX_TEXT_BYTES = 65_536;

/**
 * Sends a text as a reply to what was picked. If that fails, the text is there again.
 * @throws what `message.send` throws, and CliError if the text is too long
 */
export async function sendText(screen: ConversationScreen, text: string): Promise<void> {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_TEXT_BYTES) {
    const limit = MAX_TEXT_BYTES.toLocaleString('en');
    const what = `This text has ${formatBytes(bytes)}, and a message at most ${limit} bytes.`;
    throw new CliError('usage', `${what} Split it, or send it as a file.`);
  }
  const { replyTo, writing } = screen.state.draft;
  screen.clear();
  screen.updateDraft({ replyTo: undefined });
  screen.scrollToEnd();
  try {
    return await screen.dialogue.send(text, replyTo);
  } catch (error) {
    giveBack(screen, writing, replyTo);
    throw error;
  }
}

/** What was written meanwhile stays, below what could not be sent. */
function giveBack(screen: ConversationScreen, writing: Writing, replyTo: string | undefined): void {
  const { draft } = screen.state;
  const both = isEmpty(draft.writing)
    ? writing
    : insertPaste(insertPaste(edit(writing, 'text end'), '\n'), textOf(draft.writing));
  screen.updateDraft({ writing: both, replyTo: draft.replyTo ?? replyTo });
}
