import type { Message } from '@gravy/messenger';
import { useEffect, useRef } from 'react';
import type { Conversation } from '../../conversation/conversation.js';
import { usePage } from '../../parts/context.js';

/** Says that messages were read, once they were in sight of a window that somebody looks at. */
export function useMarkRead(
  contact: string,
  conversation: Conversation,
  messages: readonly Message[],
  isAtEnd: boolean,
): void {
  const page = usePage();
  const marked = useRef<string>(undefined);
  const newest = messages.findLast(({ direction }) => direction === 'in');
  useEffect(() => {
    if (newest === undefined || newest.state === 'read' || !isAtEnd) return undefined;
    const mark = (): void => {
      if (!document.hasFocus() || marked.current === newest.id) return;
      marked.current = newest.id;
      page.call('message.markRead', { contact, upTo: newest.id }).then(
        () => {
          conversation.markRead(newest.id);
          page.mirror.refresh('contacts');
        },
        // Not said now; the next look at the conversation says it.
        () => (marked.current = undefined),
      );
    };
    mark();
    addEventListener('focus', mark);
    return () => removeEventListener('focus', mark);
  }, [page, contact, conversation, newest, isAtEnd]);
}
