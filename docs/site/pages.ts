// Which files of the repository are pages of the site, and where a link between files leads on it.
import { readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository; the site's pages are its Markdown files, where they are. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Markdown that is no page of the site: work in progress, and what only those need who change a part of it. */
export const excluded: readonly string[] = [
  '**/node_modules/**',
  '**/dist/**',
  '**/CHANGELOG.md',
  // Reports of the public API, for reviews.
  '**/*.api.md',
  '**/test/**',
  '.changeset/**',
  '.github/**',
  'docs/api/out/**',
  'mutation/**',
];

/** A folder's README is the page of the folder. */
export function pagePath(file: string): string {
  return file.replace(/(^|\/)README\.md$/u, '$1index.md');
}

/** Where the repository can be looked at, by what its package.json says. */
const { homepage } = JSON.parse(readFileSync(posix.join(root, 'package.json'), 'utf8')) as {
  homepage: string;
};
const repository = homepage.replace(/#.*$/u, '');

/**
 * A link as it stands in a file, as one of the site: absolute if it leads to a page, unchanged if it leads out of the repository,
 * and into the repository on the web if it leads to a file that is no page.
 */
export function siteLink(href: string, from: string): string {
  if (/^[a-z]+:/u.test(href) || href.startsWith('#')) return href;
  const [path = '', anchor] = href.split('#');
  const target = posix.join(posix.dirname(from), decodeURI(path));
  const kind = kindOf(target);
  // A link that leads nowhere is left for the site's own check to find.
  if (kind === undefined) return href;
  const file = kind === 'tree' ? posix.join(target, 'README.md') : target;
  if (!file.endsWith('.md') || kindOf(file) === undefined)
    return `${repository}/${kind}/main/${target}`;
  const page = `/${pagePath(file)}`.replace(/(?:index)?\.md$/u, '');
  return anchor === undefined ? page : `${page}#${anchor}`;
}

/** What GitHub calls a folder and a file; undefined for what is not there. */
function kindOf(path: string): 'tree' | 'blob' | undefined {
  const found = statSync(posix.join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isDirectory() ? 'tree' : 'blob';
}
