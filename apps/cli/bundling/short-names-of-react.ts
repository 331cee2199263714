import { readFile } from 'node:fs/promises';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

// esbuild reads it as Go's kind of expression, which knows no flags.
// eslint-disable-next-line require-unicode-regexp
const FILE = /react-reconciler.production\.js$/;

/**
 * Names in the bundle stay, so that stack traces can be read; but half of what is parsed before the first
 * frame of the terminal program would be the names inside React's reconciler, which nobody reads.
 */
export function shortNamesOfReact(): Plugin {
  return {
    name: 'short-names-of-react',
    setup(build) {
      build.onLoad({ filter: FILE }, async ({ path }) => {
        const { code } = await build.esbuild.transform(await readFile(path, 'utf8'), {
          minify: true,
        });
        return { contents: code, loader: 'js' };
      });
    },
  };
}
