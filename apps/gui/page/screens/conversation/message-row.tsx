import type { Message } from '@gravy/messenger';
import { memo, type ReactElement, useState } from 'react';
import type { Conversation } from '../../conversation/conversation.js';
import { Icon } from '../../parts/icon.js';
import { PeerText } from '../../parts/peer-text.js';
import { clockTime, wholeTime } from '../../parts/times.js';
import { WORDS } from '../../words.js';
import { FileCard } from './file-card.js';
import { MessageActions } from './message-actions.js';

const words = WORDS.conversation;

/** One message: who, when, what, and how far it got. */
export const MessageRow = memo(function MessageRow({
  message,
  contactName,
  quoted,
  isContinued,
  isActive,
  onActivate,
  conversation,
  onReply,
}: {
  message: Message;
  contactName: string;
  quoted: Message | undefined;
  isContinued: boolean;
  isActive: boolean;
  onActivate: (id: string) => void;
  conversation: Conversation;
  onReply: (id: string) => void;
}): ReactElement {
  const { id, at, direction, text = '', replyTo } = message;
  const isOwn = direction === 'out';
  const [isPointedAt, setPointedAt] = useState(false);
  return (
    <div className={isContinued ? 'message-place message-continued' : 'message-place'}>
      <article
        className={isOwn ? 'message message-out' : 'message message-in'}
        tabIndex={isActive ? 0 : -1}
        data-active={isActive || undefined}
        onFocus={() => onActivate(id)}
        onPointerEnter={() => setPointedAt(true)}
        onPointerLeave={() => setPointedAt(false)}
      >
        <header className={isContinued || isOwn ? 'unseen' : 'message-who'}>
          <bdi>{isOwn ? words.you : contactName}</bdi>
        </header>
        {replyTo !== undefined && (
          <blockquote className="quote">
            <bdi>{quoted?.text?.slice(0, 120) ?? words.earlier}</bdi>
          </blockquote>
        )}
        {message.file === undefined ? (
          <PeerText text={text} />
        ) : (
          <FileCard file={message.file} conversation={conversation} />
        )}
        <footer className="message-foot">
          <time dateTime={new Date(at).toISOString()} title={wholeTime(at)}>
            {clockTime(at)}
          </time>
          {isOwn && <State state={message.state} />}
        </footer>
        {(isActive || isPointedAt) && (
          <MessageActions message={message} conversation={conversation} onReply={onReply} />
        )}
      </article>
    </div>
  );
});

/** A small mark for the eye, the word for everybody. */
function State({ state }: { state: Message['state'] }): ReactElement {
  const isTrouble = state === 'failed' || state === 'queued';
  return (
    <span className={`state state-${state}`} title={words.states[state]}>
      <Icon name={state} />
      <span className={isTrouble ? '' : 'unseen'}>{words.states[state]}</span>
    </span>
  );
}
