import type { SessionInfo } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { formatTable, shortenId } from '../terminal/table.js';
import { formatMoment } from '../terminal/times.js';

export function formatSessions(
  sessions: readonly SessionInfo[],
  names: ReadonlyMap<string, string>,
  style: Style,
  columns?: number,
): string[] {
  const rows = sessions.map((session) => [
    escapeLine(session.id),
    escapeLine(names.get(session.contact) ?? shortenId(session.contact)),
    session.role === 'host' ? 'came to us' : 'we connected',
    formatMoment(session.openedAt, Date.now()),
    escapeLine(session.remote) + (session.tunnel ? ' (tunnel)' : ''),
  ]);
  return formatTable(['SESSION', 'CONTACT', 'WHO BEGAN', 'SINCE', 'ADDRESS'], rows, style, columns);
}
