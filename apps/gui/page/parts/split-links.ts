export interface TextPiece {
  readonly kind: 'text' | 'link';
  readonly text: string;
}

const CANDIDATE = /https?:\/\/[^\s<>"]+/giu;
/** Closing marks that belong to the sentence around a link rather than to the link. */
const AFTER_LINK: ReadonlySet<string> = new Set('.,;:!?\'")]}>');

/**
 * Cuts a text into links and what stands between them. A link is http or https in plain ASCII, without
 * a user name: what could look like another address than it is stays text.
 */
export function splitLinks(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const link = withoutMarksAfter(candidate);
    if (!isPlainLink(link, candidate)) continue;
    if (index > end) pieces.push({ kind: 'text', text: text.slice(end, index) });
    pieces.push({ kind: 'link', text: link });
    end = index + link.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** By hand: an expression for this tries at every mark anew, and a peer decides how many there are. */
function withoutMarksAfter(candidate: string): string {
  let end = candidate.length;
  while (AFTER_LINK.has(candidate.charAt(end - 1))) end -= 1;
  return candidate.slice(0, end);
}

function isPlainLink(link: string, candidate: string): boolean {
  if (!/^[\u0021-\u007e]+$/u.test(candidate) || !URL.canParse(link)) return false;
  const { protocol, username, password } = new URL(link);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
