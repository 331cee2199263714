import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

type Licences = 'in the script' | 'in a file beside it';

async function bundle(licences: Licences, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    // In the script is what esbuild does when nothing is said.
    legalComments: licences === 'in the script' ? 'eof' : 'external',
    outdir: 'out',
    write: false,
    ...options,
  });
  const script = outputFiles?.find(({ path }) => path.endsWith('.js'));
  if (!script) throw new Error('The bundle is missing.');
  if (/\bnode:/u.test(script.text)) throw new Error('There is a Node built-in in the bundle.');
  return script.text;
}

/** What somebody gets who has these exports of the package in a page of their own. */
export function bundleOfExports(contents: string, licences: Licences): Promise<string> {
  return bundle(licences, { stdin: { contents, resolveDir: FOLDER } });
}

export function bundleOfPage(): Promise<string> {
  return bundle('in the script', { entryPoints: [`${FOLDER}page.ts`] });
}
