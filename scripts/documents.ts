// The documents of the repository: what people read, and what is checked as such.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);

const WHERE = [
  '*.md',
  '{docs,examples,bench,compat,mutation,testing}/**/*.md',
  '{packages,apps}/**/*.md',
];

export interface Document {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** In the order of their paths; `root` is a URL that ends in a slash. */
export function documents(root: URL = ROOT): readonly Document[] {
  const paths = globSync(WHERE, {
    cwd: fileURLToPath(root),
    exclude: [
      '**/node_modules/**',
      '**/dist/**',
      '**/CHANGELOG.md',
      '**/*.api.md',
      'docs/api/out/**',
    ],
  });
  return paths.toSorted().map((path) => ({
    path: path.replaceAll('\\', '/'),
    text: readFileSync(new URL(path.replaceAll('\\', '/'), root), 'utf8'),
  }));
}
