// The order in which the pages are offered.
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { root, siteLink } from './pages.ts';

interface Item {
  readonly text: string;
  readonly link: string;
}

/** A page by its file, called by its first heading unless a shorter name is given. */
function page(file: string, name?: string): Item {
  const heading = /^# (.*)$/mu.exec(readFileSync(posix.join(root, file), 'utf8'))?.[1];
  return { text: name ?? heading ?? file, link: siteLink(file, '') };
}

function pages(pattern: string): Item[] {
  return globSync(pattern, { cwd: root })
    .toSorted()
    .map((file) => page(file.replaceAll('\\', '/')));
}

export const sidebar = [
  {
    text: 'Gravy',
    items: [
      page('README.md', 'What it is'),
      page('docs/getting-started.md'),
      page('docs/comparison.md'),
    ],
  },
  { text: 'Guides', items: pages('docs/guides/*.md') },
  {
    text: 'Programs and libraries',
    items: [
      page('docs/rpc.md'),
      ...pages('apps/*/README.md'),
      ...pages('packages/*/README.md'),
      page('examples/README.md'),
    ],
  },
  {
    text: 'How it works',
    items: [
      page('ARCHITECTURE.md'),
      page('docs/spec/protocol.md', 'Specification'),
      page('docs/spec/conformance.md', 'Requirements and tests'),
      page('docs/threat-model.md'),
      page('docs/benchmarks.md'),
      page('docs/long-tests.md'),
      page('bench/README.md'),
    ],
  },
  {
    text: 'The project',
    items: [page('SECURITY.md'), page('CONTRIBUTING.md'), page('docs/releasing.md')],
  },
  { text: 'Decisions', collapsed: true, items: pages('docs/decisions/0*.md') },
];
