import type { Contact } from '@gravy/messenger';
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { Conversation } from '../../conversation/conversation.js';
import type { Log } from '../../conversation/log.js';
import { type Row, rowsOf } from '../../conversation/rows.js';
import { Icon } from '../../parts/icon.js';
import { dayName } from '../../parts/times.js';
import { WORDS } from '../../words.js';
import { MessageRow } from './message-row.js';
import { useActiveMessage } from './use-active-message.js';
import { useMarkRead } from './use-mark-read.js';
import { useScrolling } from './use-scrolling.js';

const words = WORDS.conversation;

/** What was said. Only what is in sight is in the document, however long the conversation is. */
export function MessageLog({
  contact,
  conversation,
  log,
  isLoadingOlder,
  onReply,
  jumpTo,
}: {
  contact: Contact;
  conversation: Conversation;
  log: Log;
  isLoadingOlder: boolean;
  onReply: (id: string) => void;
  jumpTo: string | undefined;
}): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  // The line stays where it was when the conversation was opened, although all of it is read soon.
  const [firstNew] = useState(
    () => log.messages.find(({ direction, state }) => direction === 'in' && state !== 'read')?.id,
  );
  const rows = useMemo(() => rowsOf(log.messages, firstNew), [log.messages, firstNew]);
  const byId = useMemo(
    () => new Map(log.messages.map((message) => [message.id, message])),
    [log.messages],
  );
  const { isPrepended, isAtEnd, below, onScroll, toEnd } = useScrolling({
    rows,
    list,
    scroller,
    firstNew,
    readOlder: useCallback(() => void conversation.readOlder(), [conversation]),
  });
  useMarkRead(contact.id, conversation, log.messages, isAtEnd);
  const active = useActiveMessage(rows, list, scroller);
  const { goTo } = active;

  useEffect(() => {
    if (jumpTo === undefined) return;
    void conversation.readBackTo(jumpTo).then((isThere) => isThere && goTo(jumpTo));
  }, [conversation, jumpTo, goTo]);

  const draw = (row: Row): ReactElement => {
    if (row.kind === 'day') {
      return (
        <div key={row.key} className="log-day">
          <time>{dayName(row.at)}</time>
        </div>
      );
    }
    if (row.kind === 'new') {
      return (
        <div key={row.key} className="log-new">
          <span>{words.newMessages}</span>
        </div>
      );
    }
    const { message } = row;
    return (
      <MessageRow
        key={row.key}
        message={message}
        contactName={contact.name}
        quoted={message.replyTo === undefined ? undefined : byId.get(message.replyTo)}
        isContinued={row.isContinued}
        isActive={active.id === message.id}
        onActivate={active.set}
        conversation={conversation}
        onReply={onReply}
      />
    );
  };

  return (
    <div className="log-frame">
      {isLoadingOlder && <p className="log-state log-older late">{words.loadingOlder}</p>}
      <div
        ref={scroller}
        className="log"
        role="log"
        aria-live="off"
        aria-label={words.log(contact.name)}
        tabIndex={0}
        onKeyDown={active.onKeyDown}
      >
        <div className="log-space">
          {rows.length === 0 && (
            <div className="empty">
              <p>
                <strong>{words.empty}</strong>
              </p>
              <p className="note">{words.emptyWhy}</p>
            </div>
          )}
        </div>
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          shift={isPrepended}
          onScroll={onScroll}
          {...(active.index === -1 ? {} : { keepMounted: [active.index] })}
        >
          {draw}
        </Virtualizer>
      </div>
      {!isAtEnd && (
        <button type="button" className="button button-plain to-end" onClick={toEnd}>
          <Icon name="down" />
          {below === 0 ? words.toNewest : words.below(below)}
        </button>
      )}
    </div>
  );
}
