import type { InviteInfo } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import { shortenId } from '../terminal/table.js';
import { formatMoment } from '../terminal/times.js';

const LOOPBACK = /^wss?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/iu;

/** Whether nobody but this machine itself can use these addresses. */
export function isOnlyLocal(urls: readonly string[]): boolean {
  return urls.length > 0 && urls.every((url) => LOOPBACK.test(url));
}

/** What the person who made an invite must know of it, sentence by sentence. */
export function describeInvite(options: {
  expiresAt: number;
  urls: readonly string[];
  nowMs: number;
}): string[] {
  const { expiresAt, urls, nowMs } = options;
  return [
    `This invite lets one person in, whoever uses it first, until ${formatMoment(expiresAt, nowMs)}.`,
    'Send it to that person alone. They type gravy connect - and paste it.',
    ...(isOnlyLocal(urls)
      ? [
          'It leads to this machine only: for your network, host with --hostname 0.0.0.0, or /host lan.',
        ]
      : []),
  ];
}

/** What became of an invite; names by id. */
export function inviteState(invite: InviteInfo, names: ReadonlyMap<string, string>): string {
  const { state, usedBy } = invite;
  const by = usedBy === undefined ? '' : escapeLine(names.get(usedBy) ?? shortenId(usedBy));
  if (state === 'used') return `used by ${by}`;
  return state === 'revoked' && by !== '' ? `revoked, was used by ${by}` : state;
}
