import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import { shellWord } from '../contact/shell-word.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import { DeliveryWatch } from './delivery-watch.js';
import { connectTo, findRecipient } from './recipient.js';
import { textArgument } from './text-argument.js';

const KEPT = 'The text is kept, and sent the next time you are connected.';

/** Stores the text, connects if there is no session, and waits for the word that it was delivered. */
export async function sendText(
  context: Context,
  reference: string,
  argument: string | undefined,
  options: { timeout: number },
): Promise<Outcome> {
  const text = await textArgument(context.terminal, argument);
  const { gravy } = await openAccount(context);
  const contact = await findRecipient(gravy, reference);
  const deadline = performance.now() + options.timeout;
  const left = (): number => deadline - performance.now();

  const watch = new DeliveryWatch(gravy);
  context.cleanups.push(() => watch.stop());
  const sent = await gravy.call('message.send', { contact: contact.id, text });
  watch.follow(sent.id, sent.state);
  if (!contact.online) {
    await connectTo(context, { gravy, contact, timeoutMs: left(), kept: KEPT });
  }

  const state = await watch.outcome(left());
  if (state !== 'delivered' && state !== 'read') {
    const isOver = state === 'failed' || state === 'cancelled';
    const why = isOver
      ? 'The text was not delivered: it was taken back, or the contact removed meanwhile.'
      : `There was a session, but no word of delivery in time. ${KEPT}`;
    throw new CliError('not_delivered', why, `gravy history show ${shellWord(contact.name)}`);
  }
  return {
    value: { ...sent, state },
    lines: [`Delivered to ${escapeLine(contact.name)}.`],
  };
}
