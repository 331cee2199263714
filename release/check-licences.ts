// `npm run licences`: the licences of everything that reaches others (dependencies, and what is bundled), and of the tools that stay
// here, against the lists of licences.json. Decision 0025 says why these.
import { readFileSync } from 'node:fs';
import { publishedPackages, ROOT } from './published.ts';
import { runTool } from './run-tool.ts';

interface Licensed {
  readonly name: string;
  readonly license: string;
}

interface Lists {
  readonly shipped: readonly string[];
  readonly tools: readonly string[];
  readonly toolsByName: Readonly<Record<string, string>>;
}

function installed(args: readonly string[]): readonly Licensed[] {
  const { isOk, stdout } = runTool('pnpm', [...args, 'licenses', 'list', '--json'], {
    cwd: ROOT,
    isQuiet: true,
  });
  if (!isOk) throw new Error('pnpm could not list the licences.');
  return Object.values(JSON.parse(stdout) as Record<string, Licensed[]>).flat();
}

/** What the programs carry inside, from the notices that are published with them. */
function bundled(file: string, heading: RegExp): readonly Licensed[] {
  const found = [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(heading)];
  if (found.length === 0) throw new Error(`${file} names no package.`);
  return found.map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    license: groups?.['license'] ?? '',
  }));
}

const lists = JSON.parse(readFileSync(`${ROOT}release/licences.json`, 'utf8')) as Lists;
const filters = publishedPackages().map(({ manifest }) => `--filter=${manifest.name}`);
const shipped = [
  ...installed(['--prod', ...filters]),
  ...bundled(
    'apps/cli/dist/THIRD-PARTY-NOTICES.txt',
    /^(?<name>[@a-z]\S*) \d\S* \((?<license>.+)\)$/gmu,
  ),
  ...bundled('apps/gui/dist/page/licences.md', /^## (?<name>\S+) - \S+ \((?<license>.+)\)$/gmu),
];
const tools = installed(['-r']);

const troubles = [
  ...shipped
    .filter(({ license }) => !lists.shipped.includes(license))
    .map(({ name, license }) => `${name} (${license}) reaches those who use Gravy`),
  ...tools
    .filter(
      ({ name, license }) =>
        ![...lists.shipped, ...lists.tools].includes(license) &&
        lists.toolsByName[name] !== license,
    )
    .map(({ name, license }) => `${name} (${license}) is used here`),
];
for (const trouble of troubles)
  process.stderr.write(`${trouble}, and licences.json does not allow it.\n`);
if (troubles.length > 0) process.exitCode = 1;
process.stdout.write(
  `${shipped.length} shipped and ${tools.length} installed packages looked at.\n`,
);
