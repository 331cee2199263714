import { useState } from 'react';
import type { Conversation } from '../../conversation/conversation.js';
import { bringFile } from '../../gravy/file-transport.js';
import { useLink, usePage } from '../../parts/context.js';
import { messageOf } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

export interface SendingFiles {
  readonly send: (files: readonly File[]) => void;
  /** Not while the program on this machine does not answer. */
  readonly isPossible: boolean;
  readonly sendPath: (path: string) => Promise<void>;
  /** The name of the one that is being taken over. */
  readonly preparing: string | undefined;
  readonly problem: string | undefined;
}

/** Offers files: from the page, which takes them to Gravy first, or by a path on this machine. */
export function useSendFiles(contact: string, conversation: Conversation): SendingFiles {
  const page = usePage();
  const [preparing, setPreparing] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const isPossible = useLink().kind === 'open';

  const sendPath = async (path: string): Promise<void> => {
    await page.call('file.send', { contact, path });
    await conversation.readNewest();
    page.mirror.refresh('contacts');
  };
  const sendOne = async (file: File): Promise<void> => {
    setPreparing(file.name);
    const path = await bringFile(page.link, file).catch(() => undefined);
    if (path !== undefined) {
      await sendPath(path).catch((error: unknown) => setProblem(messageOf(error)));
      return;
    }
    setProblem(page.link.isOpen ? WORDS.conversation.notSent : WORDS.link.notNow);
  };
  const send = (files: readonly File[]): void => {
    setProblem(undefined);
    void files
      .reduce((before, file) => before.then(() => sendOne(file)), Promise.resolve())
      .then(() => setPreparing(undefined));
  };
  return { send, sendPath, isPossible, preparing, problem };
}
