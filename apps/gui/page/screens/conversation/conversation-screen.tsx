import type { Contact } from '@gravy/messenger';
import { type ReactElement, useState, useSyncExternalStore } from 'react';
import type { View } from '../../browser/view.js';
import type { Conversation } from '../../conversation/conversation.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { WORDS } from '../../words.js';
import { PageHead } from '../page-head.js';
import { Arrivals } from './arrivals.js';
import { Composer } from './composer.js';
import { ConversationHead } from './conversation-head.js';
import { MessageLog } from './message-log.js';
import { useDrop } from './use-drop.js';
import { useSendFiles } from './use-send-files.js';

const words = WORDS.conversation;

/** One conversation: who it is with and how the line is, what was said, and what is being said. */
export function ConversationScreen({
  contactId,
  jumpTo,
  open,
}: {
  contactId: string;
  jumpTo: string | undefined;
  open: (view: View) => void;
}): ReactElement {
  const { contacts } = useSnapshot();
  const contact = contacts.find(({ id }) => id === contactId);
  if (contact === undefined) {
    return (
      <div className="main-page">
        <PageHead title={WORDS.product} open={open} />
        <p>{words.gone}</p>
      </div>
    );
  }
  return <OpenConversation contact={contact} jumpTo={jumpTo} open={open} />;
}

function OpenConversation({
  contact,
  jumpTo,
  open,
}: {
  contact: Contact;
  jumpTo: string | undefined;
  open: (view: View) => void;
}): ReactElement {
  const page = usePage();
  const conversation: Conversation = page.conversationWith(contact.id);
  const state = useSyncExternalStore(conversation.state.subscribe, conversation.state.get);
  const [replyTo, setReplyTo] = useState(() => page.drafts.get(contact.id)?.replyTo);
  const messages = state.kind === 'shown' ? state.log.messages : [];
  const { typing } = useSnapshot();
  const sending = useSendFiles(contact.id, conversation);
  const { isDraggedOver, dropping } = useDrop(sending);
  return (
    <section
      className={isDraggedOver ? 'conversation conversation-drop' : 'conversation'}
      aria-label={contact.name}
      {...dropping}
    >
      <ConversationHead contact={contact} open={open} />
      {state.kind === 'loading' ? (
        <p className="log-state late">{words.loading}</p>
      ) : (
        <MessageLog
          contact={contact}
          conversation={conversation}
          log={state.log}
          isLoadingOlder={state.isLoadingOlder}
          onReply={setReplyTo}
          jumpTo={jumpTo}
        />
      )}
      <Arrivals contact={contact} />
      <p className="typing" aria-live="polite">
        {typing.has(contact.id) && <bdi>{words.typing(contact.name)}</bdi>}
      </p>
      <Composer
        contact={contact}
        conversation={conversation}
        replyTo={messages.find(({ id }) => id === replyTo)}
        onStopReplying={() => setReplyTo(undefined)}
        files={sending}
      />
    </section>
  );
}
