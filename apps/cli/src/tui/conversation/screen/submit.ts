import { parseChatLine } from '../../../chat/slash-line.js';
import { textOf } from '../composer/writing.js';
import { findCommand } from './commands.js';
import type { ConversationScreen } from './conversation-screen.js';
import { sendText } from './send-text.js';

/** Sends the text that was written, or does what the command says. @throws what either throws */
export async function submit(screen: ConversationScreen): Promise<void> {
  const line = parseChatLine(textOf(screen.state.draft.writing));
  if (line.kind === 'nothing') return undefined;
  if (line.kind === 'text') return sendText(screen, line.text);
  const command = findCommand(line.name);
  screen.clear();
  return command.run(screen, line.argument);
}
