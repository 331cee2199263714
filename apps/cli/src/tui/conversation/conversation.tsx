import type { Contact, GravyClient } from '@gravy/messenger';
import { Text, useCursor, useInput, usePaste, useStdout } from 'ink';
import { type ReactNode, useEffect, useMemo, useReducer } from 'react';
import { type Style, styleFor } from '../../terminal/style.js';
import { drawConversation } from './draw/draw-conversation.js';
import { ConversationScreen } from './screen/conversation-screen.js';
import { paste, press } from './screen/press.js';

export interface ConversationProps {
  readonly client: GravyClient;
  readonly contact: Contact;
  readonly width: number;
  readonly height: number;
  /** Where the conversation stands on the screen: the terminal's own cursor is put into its field. */
  readonly left?: number;
  readonly top?: number;
  /** Whether keys are for the conversation. While they are, the frame takes none but Ctrl-C. */
  readonly focused: boolean;
  readonly style?: Style;
  /** A message that was looked for elsewhere: it is gone to and selected. */
  readonly goTo?: string;
  /** The person goes on to what stands beside the conversation. */
  readonly onLeave: () => void;
}

/** One contact's conversation; another contact's is another one. */
export function Conversation(props: ConversationProps): ReactNode {
  return <Shown key={props.contact.id} {...props} />;
}

function Shown(props: ConversationProps): ReactNode {
  const { client, contact, width, height, left = 0, top = 0, focused, goTo, onLeave } = props;
  const { stdout } = useStdout();
  const { setCursorPosition } = useCursor();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const style = useMemo(
    () => props.style ?? styleFor(stdout as NodeJS.WriteStream, true, process.env),
    [props.style, stdout],
  );
  const screen = useMemo(
    () => new ConversationScreen({ client, contact, changed: redraw, now: Date.now }),
    // The contact's later selves are told to this screen below.
    [client, contact.id],
  );
  useEffect(() => {
    void screen.attempt(() => screen.dialogue.start());
    return () => screen.dialogue.stop();
  }, [screen]);
  useEffect(() => screen.dialogue.setContact(contact), [screen, contact]);

  useEffect(() => {
    if (goTo !== undefined) void screen.attempt(() => screen.goTo(goTo));
  }, [screen, goTo]);

  const { connection, typingAt } = screen.dialogue.state;
  const isPassing = connection.kind === 'reconnecting' || typingAt !== undefined;
  useEffect(() => {
    if (!isPassing) return undefined;
    const timer = setInterval(redraw, 1_000);
    return () => clearInterval(timer);
  }, [isPassing]);

  useInput(
    (input, key) => {
      if (press(screen, input, key) === 'leave') onLeave();
    },
    { isActive: focused },
  );
  usePaste((text) => paste(screen, text), { isActive: focused });

  const paint = { width, height, style, nowMs: Date.now(), isFocused: focused };
  const { rows, cursor, view } = drawConversation(screen, paint);
  setCursorPosition(cursor === undefined ? undefined : { x: left + cursor.x, y: top + cursor.y });
  useEffect(() => {
    if (focused) screen.seen(view);
    if (view.isAtEnd) screen.dialogue.pages.trim();
    if (screen.dialogue.state.isLoaded) screen.readOlderIfNear();
  });
  return <Text wrap="truncate-end">{rows.map((row) => (row === '' ? ' ' : row)).join('\n')}</Text>;
}
