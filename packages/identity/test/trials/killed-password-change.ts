import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhen, type SeededRandom } from '@gravy/testing';
import { expect } from 'vitest';
import { openIdentityFile, replaceIdentityFile } from '../../src/file.js';
import { Identity } from '../../src/index.js';
import { distribution, leastCost, seed } from './key-file-script.js';

/**
 * Kills a process that changes the password of a key file again and again: the file opens by the
 * password that was told to be changed to last, or the one after it, by no other, and nothing that the
 * kill left behind survives the next change.
 */
export async function killWhileChangingPassword(
  random: SeededRandom,
): Promise<{ wasKilled: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'gravy-kill-'));
  try {
    const path = join(folder, 'identity.json');
    const script = `
      import { createIdentityFile, replaceIdentityFile } from '${distribution('file.js')}';
      import { Identity } from '${distribution('index.js')}';
      const identity = Identity.fromSeed(new Uint8Array(32).fill(1));
      const options = ${JSON.stringify(leastCost)};
      await createIdentityFile(${JSON.stringify(path)}, identity, 'password 0', options);
      for (let number = 0; ; number += 1) {
        console.log(number);
        await replaceIdentityFile(${JSON.stringify(path)}, identity, 'password ' + (number + 1), options);
      }`;
    const after = random.below(20);
    let turns = random.below(400);
    const { lines, wasKilled } = await killWhen(
      script,
      (told) => told.length > after && (turns -= 1) < 0,
    );
    const last = Number(lines.at(-1));
    const opening = [last - 1, last, last + 1, last + 2].filter((number) => number >= 0);
    const opened: number[] = [];
    for (const number of opening) {
      const found = await openIdentityFile(path, `password ${number}`).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'wrong_password' });
      });
      if (found === undefined) continue;
      expect(found.copySeed()).toEqual(seed);
      opened.push(number);
    }
    // What was told last may be a change behind what was done.
    expect(opened).toHaveLength(1);
    expect([last, last + 1]).toContain(opened[0]);
    await replaceIdentityFile(path, Identity.fromSeed(seed), 'after', leastCost);
    expect(await readdir(folder)).toEqual(['identity.json']);
    return { wasKilled };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
