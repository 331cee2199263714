// What this machine is doing, for the contacts of this account and nobody else: `node examples/bots/status.ts`. They ask by a text,
// with any of Gravy's programs; no port, password or web page is needed for it. Some answers are for verified contacts only.
import { statfs } from 'node:fs/promises';
import { freemem, loadavg, totalmem, uptime } from 'node:os';
import { openAccount } from './open-account.ts';

interface Question {
  readonly about: string;
  /** Only for contacts whose safety number was compared. */
  readonly isForVerified: boolean;
  readonly answer: () => string | Promise<string>;
}

const GIB = 2 ** 30;

const QUESTIONS: ReadonlyMap<string, Question> = new Map([
  [
    'uptime',
    {
      about: 'how long the machine runs',
      isForVerified: false,
      answer: () => `${(uptime() / 3600).toFixed(1)} hours`,
    },
  ],
  [
    'load',
    {
      about: 'processes that want to run, over 1, 5 and 15 minutes',
      isForVerified: false,
      answer: () =>
        loadavg()
          .map((load) => load.toFixed(2))
          .join(' '),
    },
  ],
  [
    'memory',
    {
      about: 'free memory',
      isForVerified: true,
      answer: () => `${(freemem() / GIB).toFixed(1)} of ${(totalmem() / GIB).toFixed(1)} GiB free`,
    },
  ],
  [
    'disk',
    {
      about: 'free space on the disk of this folder',
      isForVerified: true,
      answer: async () => {
        const { bavail, blocks, bsize } = await statfs('.');
        return `${((bavail * bsize) / GIB).toFixed(1)} of ${((blocks * bsize) / GIB).toFixed(1)} GiB free`;
      },
    },
  ],
]);

async function answerTo(text: string, isVerified: boolean): Promise<string> {
  const question = QUESTIONS.get(text.trim().toLowerCase());
  if (question === undefined) {
    const lines = [...QUESTIONS].map(([word, { about }]) => `${word}: ${about}`);
    return ['Ask one of these:', ...lines].join('\n');
  }
  if (question.isForVerified && !isVerified) return 'That is for verified contacts only.';
  return question.answer();
}

const gravy = await openAccount('status');
gravy.onEvent((event) => {
  if (event.method !== 'message.received') return;
  const { id, contact, text } = event.params.message;
  if (text !== undefined) answer({ id, contact, text }).catch(console.error);
});
await gravy.closed;

interface Asked {
  readonly id: string;
  readonly contact: string;
  readonly text: string;
}

async function answer({ id, contact, text }: Asked): Promise<void> {
  const contacts = await gravy.call('contact.list', {});
  const isVerified = contacts.some((known) => known.id === contact && known.verified);
  await gravy.call('message.send', {
    contact,
    text: await answerTo(text, isVerified),
    replyTo: id,
  });
}
