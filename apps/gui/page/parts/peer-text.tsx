import { Fragment, type ReactElement, useMemo } from 'react';
import { splitLinks } from './split-links.js';

/**
 * A text somebody else chose. It becomes text nodes, in a direction of its own; only links are more
 * than that, and are shown whole, so that what one reads is where one goes.
 */
export function PeerText({ text }: { text: string }): ReactElement {
  const pieces = useMemo(() => splitLinks(text), [text]);
  return (
    <bdi className="peer-text">
      {pieces.map((piece, index) => (
        // Pieces never move: their place is their identity.
        <Fragment key={`${index}-${piece.kind}`}>
          {piece.kind === 'text' ? (
            piece.text
          ) : (
            <a href={piece.text} target="_blank" rel="noopener noreferrer" dir="ltr">
              {piece.text}
            </a>
          )}
        </Fragment>
      ))}
    </bdi>
  );
}
