import type { Action } from '../action.js';
import { type State, textOf, withFocus, withNotice, withOpen } from '../state.js';
import { type Step, step } from '../step.js';

const PAGE = 20;

/** Looks through all conversations; what comes later replaces what was found before. */
export function performSearch(
  state: State,
  { kind }: Extract<Action, { kind: 'search' | 'search-more' }>,
): Step {
  if (state.stage.kind !== 'open') return step(state);
  const { found } = state.stage;
  const isMore = kind === 'search-more' && found !== undefined;
  const query = isMore ? found.query : textOf(state, 'search.query').trim();
  if (query === '') return step(withOpen(state, { found: undefined }));
  const before = isMore ? found.matches : [];
  return step(withNotice(state, 'search', undefined), {
    kind: 'task',
    place: 'search',
    waiting: 'Searching ...',
    run: async (gravy) => {
      const { matches, total } = await gravy.call('message.search', {
        query,
        limit: PAGE,
        offset: before.length,
      });
      const all = [...before, ...matches];
      const [first] = matches;
      return (later) => {
        const shown = withOpen(later, { found: { query, matches: all, total } });
        const isHere = later.stage.kind === 'open' && later.stage.section.kind === 'search';
        return step(
          first === undefined || !isHere
            ? shown
            : withFocus(shown, { control: `match:${first.contact}:${first.id}` }),
        );
      };
    },
  });
}
