import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Identity } from '@gravy/identity';
import { createIdentityFile } from '@gravy/identity/file';

export const PASSWORD = 'correct horse battery staple';

/** An account from before in an empty home, whose password costs the trial no time. */
export async function writeAccount(home: string, name: string): Promise<void> {
  const folder = join(home, 'accounts', name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const identity = Identity.generate();
  const cost = { N: 2, r: 1, p: 1 };
  await createIdentityFile(join(folder, 'identity.json'), identity, PASSWORD, { cost });
  identity.erase();
}
