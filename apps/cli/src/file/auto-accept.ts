// Files that come without being asked about: per contact, up to a size.
import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import { findContact } from '../contact/find-contact.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import { formatTable } from '../terminal/table.js';
import { columnsOf } from '../terminal/terminal.js';
import { formatBytes, parseBytes } from './amounts.js';

const OFF = 'off';
const EXAMPLE = 'gravy files auto-accept CONTACT 10MB';

/** Shows whose files come unasked; changes it for the contact if there is a size, or `off`. */
export async function autoAccept(
  context: Context,
  contact: string | undefined,
  size: string | undefined,
): Promise<Outcome> {
  const limit = size === undefined ? undefined : parseLimit(size);
  const { gravy } = await openAccount(context);
  const contacts = await gravy.call('contact.list', {});
  const { autoAccept: limits } = await gravy.call('settings.get', {});
  if (contact === undefined) {
    const listed = contacts.filter(({ id }) => limits[id] !== undefined);
    const rows = listed.map(({ id, name }) => [escapeLine(name), describe(limits[id])]);
    const none = ['Nobody: each file is asked about.', `To change that: ${EXAMPLE}`];
    const columns = columnsOf(context.terminal.output);
    return {
      value: listed.map(({ id, name }) => ({ contact: id, name, bytes: limits[id] })),
      lines:
        rows.length === 0
          ? none
          : formatTable(['FROM', 'WITHOUT ASKING'], rows, context.style, columns),
    };
  }
  const { id, name } = findContact(contacts, contact);
  if (limit !== undefined) {
    const others = Object.entries(limits).filter(([other]) => other !== id);
    const own = limit === OFF ? [] : [[id, limit] as const];
    await gravy.call('settings.set', { autoAccept: Object.fromEntries([...others, ...own]) });
  }
  const bytes = limit === undefined ? limits[id] : limit === OFF ? undefined : limit;
  return {
    value: { contact: id, name, ...(bytes === undefined ? {} : { bytes }) },
    lines: [`Files from ${escapeLine(name)}: ${describe(bytes)}.`],
  };
}

function describe(bytes: number | undefined): string {
  return bytes === undefined ? 'you are asked' : `accepted up to ${formatBytes(bytes)} each`;
}

function parseLimit(text: string): number | typeof OFF {
  if (text.trim().toLowerCase() === OFF) return OFF;
  const bytes = parseBytes(text);
  if (bytes !== undefined) return bytes;
  throw new CliError(
    'usage',
    'The size is a number of bytes, such as 500kB or 2GB, or off.',
    EXAMPLE,
  );
}
