import { type FormEvent, type ReactElement, useState } from 'react';
import { isLaunchLink } from '../gravy/launch.js';
import type { LinkState } from '../gravy/link.js';
import { Button } from '../parts/button.js';
import { Field } from '../parts/field.js';
import { WORDS } from '../words.js';

type Reason = Extract<LinkState, { kind: 'refused' }>['reason'];

/** This window is not let in: why, and how to get in. */
export function Refused({ reason }: { reason: Reason }): ReactElement {
  const [link, setLink] = useState('');
  const [problem, setProblem] = useState<string>();
  const enter = (event: FormEvent): void => {
    event.preventDefault();
    const text = link.trim();
    if (isLaunchLink(text)) location.assign(text);
    else setProblem(WORDS.link.notALink);
  };
  return (
    <main className="centred">
      <div className="card start">
        <h1>{WORDS.link.refusedTitle}</h1>
        <p role="status">{WORDS.link.refused[reason]}</p>
        {reason !== 'impostor' && (
          <>
            <p className="note">{WORDS.link.howToEnter}</p>
            <form onSubmit={enter} noValidate>
              <Field
                label={WORDS.link.pasteLink}
                placeholder={WORDS.link.pasteHint}
                value={link}
                onChange={({ target }) => setLink(target.value)}
                problem={problem}
                dir="ltr"
              />
              <div className="buttons">
                <Button kind="main" type="submit">
                  {WORDS.link.openLink}
                </Button>
              </div>
            </form>
          </>
        )}
      </div>
    </main>
  );
}
