import type { HistoryCondition } from '@gravy/messenger';

/** Tables by what a person calls their rows; what else there is says nothing to them. */
const ROWS: readonly (readonly [table: string, one: string, many: string])[] = [
  ['messages', 'message', 'messages'],
  ['contacts', 'contact', 'contacts'],
  ['transfers', 'file in them', 'files in them'],
  ['invites', 'invite', 'invites'],
  ['requests', 'request', 'requests'],
];
const PAGES_SHOWN = 5;

/** What is the matter with a history, and what of it reads. */
export function conditionWords(condition: HistoryCondition): string {
  const { pages, damagedPages } = condition;
  if (damagedPages === 0 && condition.tables.every(({ complete }) => complete)) {
    return `All ${pages} pages of it read: ${rowWords(condition)}.`;
  }
  if (condition.tables.length === 0) {
    return `${pageWords(condition)}, and nothing of it reads without the first one.`;
  }
  return `${pageWords(condition)}. What still reads: ${rowWords(condition)}.`;
}

function pageWords({ pages, damagedPages, firstDamagedPages }: HistoryCondition): string {
  if (damagedPages === 0) return `Something of its ${pages} pages is missing`;
  const shown = firstDamagedPages.slice(0, PAGES_SHOWN).join(', ');
  const which = damagedPages > PAGES_SHOWN ? `${shown}, ...` : shown;
  return `Of its ${pages} pages ${damagedPages} ${damagedPages === 1 ? 'is' : 'are'} damaged (${which})`;
}

function rowWords({ tables }: HistoryCondition): string {
  const words = ROWS.flatMap(([table, one, many]) => {
    const found = tables.find(({ name }) => name === table);
    if (found === undefined || (found.rows === 0 && found.complete)) return [];
    const count = `${found.rows.toLocaleString('en')} ${found.rows === 1 ? one : many}`;
    return [found.complete ? count : `${count} (some are lost)`];
  });
  return words.length === 0 ? 'it is empty' : words.join(', ');
}
