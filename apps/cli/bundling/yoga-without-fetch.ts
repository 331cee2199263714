import { readFile } from 'node:fs/promises';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

// esbuild reads it as Go's kind of expression, which knows no flags.
// eslint-disable-next-line require-unicode-regexp
const FILE = /yoga-wasm-base64-esm\.js$/;
const ASKS_FOR_FETCH = '"function"!=typeof fetch';
const DECODES_BY_HAND = 'Promise.resolve().then';

/**
 * Ink lays out with Yoga, whose WebAssembly is inside its own file as base64. Where there is a `fetch`,
 * its loader gives the text to it to be decoded, and in Node the first use of `fetch` loads a whole HTTP
 * client: a fifth of the time until the first frame. Without it the loader decodes by itself.
 */
export function yogaWithoutFetch(): Plugin {
  return {
    name: 'yoga-without-fetch',
    setup(build) {
      build.onLoad({ filter: FILE }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (!text.includes(ASKS_FOR_FETCH) || !text.includes(DECODES_BY_HAND)) {
          throw new Error(
            `${path} is written in another way than it was: look whether it still loads fetch.`,
          );
        }
        return { contents: text.replaceAll(ASKS_FOR_FETCH, 'true'), loader: 'js' };
      });
    },
  };
}
