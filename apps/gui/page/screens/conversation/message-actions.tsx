import type { Message } from '@gravy/messenger';
import type { ReactElement } from 'react';
import type { Conversation } from '../../conversation/conversation.js';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.conversation;

/** What can be done with one message; in sight under the pointer, or on the message that has focus. */
export function MessageActions({
  message,
  conversation,
  onReply,
}: {
  message: Message;
  conversation: Conversation;
  onReply: (id: string) => void;
}): ReactElement {
  const page = usePage();
  const { id, contact, text = '', state, direction } = message;
  const remove = useAction(async () => {
    await page.call('message.delete', { id, contact });
    conversation.remove(id);
    page.mirror.refresh('contacts');
  });
  const takeBack = useAction(() => page.call('message.cancel', { id }));
  const tryAgain = useAction(async () => {
    const sent = await page.call('message.send', { contact, text });
    conversation.add({ ...sent, contact, direction: 'out', text });
    await remove.run();
  });
  const isOwn = direction === 'out';
  return (
    <>
      <div className="message-actions" role="group" aria-label={words.actions}>
        <Button kind="quiet" onClick={() => onReply(id)}>
          {words.reply}
        </Button>
        {isOwn && state === 'queued' && message.file === undefined && (
          <Button kind="quiet" onClick={() => void takeBack.run()}>
            {words.takeBack}
          </Button>
        )}
        {isOwn && text !== '' && (state === 'failed' || state === 'cancelled') && (
          <Button kind="quiet" onClick={() => void tryAgain.run()}>
            {words.tryAgain}
          </Button>
        )}
        <Button kind="quiet" onClick={() => void remove.run()}>
          {words.remove}
        </Button>
      </div>
      <Problem text={remove.problem ?? takeBack.problem ?? tryAgain.problem} />
    </>
  );
}
