import { exit, file, kick, search } from './commands.js';
import type { ConversationScreen } from './conversation-screen.js';
import { submit } from './submit.js';

/** What stands below the message, in the words of the original. */
export const ACTIONS: readonly {
  readonly word: string;
  run(screen: ConversationScreen): Promise<void> | void;
}[] = [
  { word: 'Send', run: submit },
  { word: 'Attach file', run: (screen) => file.run(screen, '') },
  { word: 'Exit session', run: (screen) => exit.run(screen, '') },
  { word: 'Kick', run: (screen) => kick.run(screen, '') },
  { word: 'Search', run: (screen) => search.run(screen, '') },
];
