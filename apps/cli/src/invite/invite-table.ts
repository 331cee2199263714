import type { InviteInfo } from '@gravy/messenger';
import type { Context } from '../context.js';
import { escapeLine } from '../terminal/escape.js';
import { formatTable } from '../terminal/table.js';
import { columnsOf } from '../terminal/terminal.js';
import { formatMoment } from '../terminal/times.js';
import { inviteState } from './invite-words.js';

export function formatInvites(
  invites: readonly InviteInfo[],
  names: ReadonlyMap<string, string>,
  { style, terminal }: Context,
): string[] {
  const nowMs = Date.now();
  const rows = invites.map((invite) => [
    escapeLine(invite.id),
    inviteState(invite, names),
    formatMoment(invite.expiresAt, nowMs),
    escapeLine(invite.contactName ?? ''),
    escapeLine(invite.urls[0] ?? ''),
  ]);
  const head = ['ID', 'STATE', 'UNTIL', 'FOR', 'ADDRESS'];
  return formatTable(head, rows, style, columnsOf(terminal.output));
}
