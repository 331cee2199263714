// The code in the documents against the packages as built, in one run of the compiler: TypeScript whole, of JavaScript the names it
// imports. The first example of each package's README is also run, by a test of the package or below.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { documents } from '../../scripts/documents.ts';
import { ROOT } from './example-process.ts';
import { blocksOf } from './markdown-blocks.ts';

const OPTIONS = {
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    allowImportingTsExtensions: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    lib: ['ES2024', 'ESNext.Disposable', 'DOM'],
    declaration: false,
    declarationMap: false,
    sourceMap: false,
  },
  include: ['*'],
};

function importsOf(script: string): string {
  return script.match(/^import .*;$/gmu)?.join('\n') ?? 'export {};';
}

test('compiles', () => {
  // Within a package that has all of them, so that their names lead to them.
  const folder = mkdtempSync(fileURLToPath(new URL('../.blocks-', import.meta.url)));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pieces = documents().flatMap(({ path, text: document }) =>
    blocksOf(document)
      .filter(({ language }) => language === 'ts' || language === 'js')
      .map(({ language, text, line }) => ({
        name: `${path.replaceAll(/[^a-zA-Z0-9]+/gu, '-')}.${line}.mts`,
        text: language === 'ts' ? text : importsOf(text),
      })),
  );
  expect(pieces.length).toBeGreaterThan(5);
  for (const { name, text } of pieces) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

test.each([
  // The README's own test is with the package where its example needs other parts.
  [
    'packages/identity/README.md',
    /^gravy1\w+\n(?:\d{5} ){11}\d{5}\n\[ 'wss:\/\/alice.example' \]\n$/u,
  ],
  ['packages/messenger/README.md', /^Ben: Hello, Ada\nIt has arrived.\n$/u],
  ['docs/guides/embedding.md', /^32 Hello\nclosed_by_peer\n$/u],
])('the first piece of %s runs, and does what it says', (path, expected) => {
  const folder = mkdtempSync(fileURLToPath(new URL('../.blocks-', import.meta.url)));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const document = documents().find((one) => one.path === path);
  const piece = blocksOf(document?.text ?? '').find(({ language }) => /^[jt]s$/u.test(language));
  writeFileSync(join(folder, 'piece.mts'), piece?.text ?? '');
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ['piece.mts'], options);
  expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(expected), stderr: '' });
});
