// `npm run sizes`: what people download, against size-budgets.json, whose numbers are KiB. Tarballs as packed; scripts minified and
// compressed by gzip.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { publishedPackages, ROOT } from './published.ts';
import { withTarball } from './tarball.ts';

const KIB = 1024;

type Budgets = Readonly<Record<'tarballs' | 'scripts', Readonly<Record<string, number>>>>;

const gzipped = (content: string | Uint8Array): number =>
  gzipSync(content, { level: 9 }).length / KIB;

/** What somebody's bundler makes of these exports of @gravy/protocol for a page. */
async function protocolInPage(
  exported: string,
  legalComments: 'eof' | 'external',
): Promise<number> {
  const { outputFiles } = await build({
    // A package can import itself by its name.
    stdin: {
      contents: `export ${exported} from '@gravy/protocol';`,
      resolveDir: `${ROOT}packages/protocol`,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    legalComments,
    outdir: 'out',
    write: false,
  });
  const script = outputFiles.find(({ path }) => path.endsWith('.js'));
  if (script === undefined) throw new Error('The bundle is missing.');
  return gzipped(script.contents);
}

/** All scripts of the page of @gravy/gui. */
function page(): number {
  const folder = `${ROOT}apps/gui/dist/page/assets`;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => gzipped(readFileSync(`${folder}/${name}`)))
    .reduce((sum, size) => sum + size, 0);
}

const measured: Readonly<Record<keyof Budgets, ReadonlyMap<string, number>>> = {
  tarballs: new Map(
    publishedPackages().map(({ folder, manifest }) => [
      manifest.name,
      withTarball(folder, ({ bytes }) => bytes / KIB),
    ]),
  ),
  scripts: new Map([
    [
      '@gravy/protocol, what a chat needs',
      await protocolInPage('{ openChannel, OwnKey, upgradePath, webSocketDuplex }', 'external'),
    ],
    ['@gravy/protocol, all with its licences', await protocolInPage('*', 'eof')],
    ['@gravy/gui, the page', page()],
  ]),
};

const budgets = JSON.parse(readFileSync(`${ROOT}release/size-budgets.json`, 'utf8')) as Budgets;
for (const kind of ['tarballs', 'scripts'] as const) {
  process.stdout.write(`${kind}\n`);
  for (const [name, size] of measured[kind]) {
    const budget = budgets[kind][name];
    const isWithin = budget !== undefined && size <= budget;
    if (!isWithin) process.exitCode = 1;
    const verdict = isWithin ? '' : budget === undefined ? '  has no budget' : '  TOO LARGE';
    process.stdout.write(
      `  ${name.padEnd(38)} ${size.toFixed(1).padStart(6)} of ${String(budget ?? '-').padStart(4)} KiB${verdict}\n`,
    );
  }
}
