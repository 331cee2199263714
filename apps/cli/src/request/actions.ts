import type { GravyClient, RequestInfo } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import { shellWord } from '../contact/shell-word.js';
import { formatSafetyNumber } from '../contact/safety-number.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import { findRequest } from './find-request.js';
import { formatRequest } from './request-lines.js';

export async function listRequests(context: Context): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const requests = await gravy.call('request.list', {});
  if (requests.length === 0) {
    const lines = ['Nobody asks to be let in. Strangers can while you host: gravy host --ask'];
    return { value: requests, lines };
  }
  return {
    value: requests,
    lines: [
      ...requests.flatMap((request) => [...formatRequest(request, context.style), '']),
      'They see the same safety number: compare it in person or by phone. Then',
      '  gravy requests accept ID NAME     or     gravy requests decline ID',
    ],
  };
}

export async function acceptRequest(context: Context, id: string, name: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const request = await find(gravy, id);
  const contact = await gravy.call('request.accept', { id: request.id, name });
  const shown = escapeLine(contact.name);
  return {
    value: contact,
    lines: [
      `${shown} is a contact now, not verified yet. Both of you must see the same safety number:`,
      '',
      ...formatSafetyNumber(request.safetyNumber),
      '',
      `If you do: gravy contact verify ${shellWord(contact.name)}`,
    ],
  };
}

export async function declineRequest(
  context: Context,
  id: string,
  options: { block?: true },
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const request = await find(gravy, id);
  const block = options.block === true;
  await gravy.call('request.decline', { id: request.id, block });
  return {
    value: {},
    lines: block
      ? [
          'The request is declined, and this key cannot ask again. To let it in after all:',
          `  gravy contact add NAME ${request.id}`,
        ]
      : ['The request is declined. They may ask again.'],
  };
}

async function find(gravy: GravyClient, id: string): Promise<RequestInfo> {
  return findRequest(await gravy.call('request.list', {}), id);
}
