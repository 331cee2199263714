import type { Contact, Message } from '@gravy/messenger';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactElement,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import type { Conversation } from '../../conversation/conversation.js';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Icon } from '../../parts/icon.js';
import { Problem } from '../../parts/problem.js';
import { messageOf } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';
import { Attach } from './attach.js';
import type { SendingFiles } from './use-send-files.js';

const words = WORDS.conversation;
const MAX_TEXT_BYTES = 65_536;
const MAX_ROWS = 8;
const TYPING_EVERY_MS = 3000;

/** Where a message is written. What is not sent yet stays, whatever else one looks at. */
export function Composer({
  contact,
  conversation,
  replyTo,
  onStopReplying,
  files,
}: {
  contact: Contact;
  conversation: Conversation;
  replyTo: Message | undefined;
  onStopReplying: () => void;
  files: SendingFiles;
}): ReactElement {
  const page = usePage();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const typedAt = useRef(0);
  const [text, setText] = useState(() => page.drafts.get(contact.id)?.text ?? '');
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    page.drafts.set(contact.id, { text, replyTo: replyTo?.id });
  }, [page, contact.id, text, replyTo?.id]);
  useEffect(() => {
    // Where a keyboard would cover the screen, it comes when it is asked for.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  useEffect(() => {
    if (replyTo !== undefined) field.current?.focus();
  }, [replyTo]);

  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    if (new TextEncoder().encode(text).length > MAX_TEXT_BYTES) {
      setProblem(words.tooLong);
      return;
    }
    setProblem(undefined);
    setText('');
    onStopReplying();
    const reply = replyTo === undefined ? {} : { replyTo: replyTo.id };
    try {
      const sent = await page.call('message.send', { contact: contact.id, text, ...reply });
      conversation.add({ ...sent, contact: contact.id, direction: 'out', text, ...reply });
      page.mirror.refresh('contacts');
    } catch (error) {
      setProblem(messageOf(error));
      // Nothing that was typed is lost, nor what has been typed since.
      setText((since) => (since === '' ? text : `${text}\n${since}`));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter also ends the composing of a character; that one is not for us.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  const type = (typed: string): void => {
    setText(typed);
    setProblem(undefined);
    const now = Date.now();
    if (typed === '' || now - typedAt.current < TYPING_EVERY_MS) return;
    typedAt.current = now;
    // A courtesy: if it cannot be said, nothing is lost.
    page.call('message.typing', { contact: contact.id }).catch(() => undefined);
  };

  return (
    <form className="composer" onSubmit={submit}>
      {replyTo !== undefined && (
        <div className="replying">
          <blockquote className="quote">
            <bdi>{replyTo.text?.slice(0, 120)}</bdi>
          </blockquote>
          <button
            type="button"
            className="button button-quiet icon-button"
            aria-label={words.stopReplying}
            onClick={onStopReplying}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      <Problem text={problem ?? files.problem} />
      <p className="note" role="status">
        {files.preparing !== undefined && <bdi>{words.preparing(files.preparing)}</bdi>}
      </p>
      <div className="composer-row">
        <Attach files={files} />
        <label className="unseen" htmlFor={id}>
          {words.message}
        </label>
        <textarea
          ref={field}
          id={id}
          dir="auto"
          placeholder={words.message}
          title={words.sendHint}
          rows={Math.min(MAX_ROWS, text.split('\n').length)}
          value={text}
          onChange={({ target }) => type(target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            files.send([...event.clipboardData.files]);
          }}
        />
        <Button kind="main" type="submit">
          {words.send}
        </Button>
      </div>
    </form>
  );
}
