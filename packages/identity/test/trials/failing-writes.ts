import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Failure, failuresOf, runWithFailure } from '@gravy/testing';
import { expect } from 'vitest';
import { openIdentityFile, replaceIdentityFile } from '../../src/file.js';
import { Identity } from '../../src/index.js';
import { distribution, leastCost, seed } from './key-file-script.js';

/**
 * Makes a key file and changes its password twice, with one system call failing; without a failure gives
 * those that there could be. What fails is told, and the file opens by the password that was told last.
 */
export async function failOnce(failure?: Failure): Promise<Failure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gravy-fail-'));
  try {
    const path = join(folder, 'identity.json');
    const script = `
      import { createIdentityFile, replaceIdentityFile } from '${distribution('file.js')}';
      import { Identity } from '${distribution('index.js')}';
      // Names of temporary files are random; the calls that concern them are to be found.
      globalThis.crypto.getRandomValues = (bytes) => bytes.fill(7);
      const identity = Identity.fromSeed(new Uint8Array(32).fill(1));
      const options = ${JSON.stringify(leastCost)};
      const path = ${JSON.stringify(path)};
      const attempt = async (word, work) => {
        try {
          await work();
          console.log(word);
        } catch (error) {
          console.log('failed ' + (error.code ?? error.message));
        }
      };
      await attempt('zero', () => createIdentityFile(path, identity, 'zero', options));
      for (const password of ['one', 'two'])
        await attempt(password, () => replaceIdentityFile(path, identity, password, options));`;
    const paths = [folder, path, join(folder, `.identity.json-${'07'.repeat(8)}.tmp`)];
    const { lines, calls, wasInjected } = runWithFailure(script, paths, failure);
    expect(wasInjected).toBe(failure !== undefined);
    expect(lines).toHaveLength(3);
    const failures = lines.filter((line) => line.startsWith('failed '));
    for (const line of failures) expect(line).toBe(`failed ${failure?.error}`);
    const opening: string[] = [];
    for (const password of ['zero', 'one', 'two']) {
      const opened = await openIdentityFile(path, password).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'wrong_password' });
      });
      if (opened !== undefined) opening.push(password);
    }
    // A change of which only the last sync failed is done for as long as the power stays on.
    const last = lines.findLast((line) => !line.startsWith('failed '));
    expect(opening).toHaveLength(1);
    if (lines.at(-1) === last) expect(opening).toEqual([last]);
    await replaceIdentityFile(path, Identity.fromSeed(seed), 'after', leastCost);
    expect(await readdir(folder)).toEqual(['identity.json']);
    return failuresOf(calls);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
