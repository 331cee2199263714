import type { ResultOf } from '@gravy/messenger';
import { type FormEvent, type ReactElement, useState } from 'react';
import type { View } from '../../browser/view.js';
import { Button } from '../../parts/button.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { shortTime } from '../../parts/times.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.conversation;

type Found = ResultOf<'message.search'>;

/** Words in what was said; a match leads to where it was said. */
export function SearchDialog({
  contact,
  open,
  onClose,
}: {
  contact: string;
  open: (view: View) => void;
  onClose: () => void;
}): ReactElement {
  const page = usePage();
  const [query, setQuery] = useState('');
  const [isEverywhere, setEverywhere] = useState(false);
  const [found, setFound] = useState<Found>();
  const { run, isBusy, problem } = useAction(async () => {
    setFound(await page.call('message.search', { query, ...(isEverywhere ? {} : { contact }) }));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (query.trim() !== '') void run();
  };
  return (
    <Dialog title={words.searchTitle} onClose={onClose}>
      <form onSubmit={submit} noValidate role="search">
        <Field
          label={words.searchField}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
          problem={problem}
        />
        <label className="inline-label">
          <input
            type="checkbox"
            checked={isEverywhere}
            onChange={({ target }) => setEverywhere(target.checked)}
          />
          {words.searchEverywhere}
        </label>
        <div className="buttons">
          <Button kind="main" type="submit" isBusy={isBusy}>
            {words.search}
          </Button>
        </div>
      </form>
      {found !== undefined && (
        <Matches
          found={found}
          onChoose={(match) => {
            onClose();
            open({ kind: 'conversation', contact: match.contact, message: match.id });
          }}
        />
      )}
    </Dialog>
  );
}

function Matches({
  found: { matches, total },
  onChoose,
}: {
  found: Found;
  onChoose: (match: Found['matches'][number]) => void;
}): ReactElement {
  const { contacts } = useSnapshot();
  return (
    <>
      <p className="note" role="status">
        {total === 0 ? words.searchNone : words.searchFound(matches.length, total)}
      </p>
      <ul>
        {matches.map((match) => (
          <li key={`${match.contact}-${match.id}`}>
            <button type="button" className="entry" onClick={() => onChoose(match)}>
              <span className="entry-lines">
                <span className="entry-top">
                  <span className="entry-name">
                    <bdi>
                      {contacts.find(({ id }) => id === match.contact)?.name ?? match.contact}
                    </bdi>
                  </span>
                  <time className="entry-state">{shortTime(match.at)}</time>
                </span>
                <span className="match">
                  <bdi>{match.snippet}</bdi>
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
