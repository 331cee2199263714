import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Gravy, openGravy } from '@gravy/messenger';

const PASSWORD = 'correct horse battery staple';

/** A folder for accounts, beside the results and not in the system's temporary folder, which is memory on some machines. */
export function newHome(): string {
  const results = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(results, { recursive: true });
  return mkdtempSync(`${results}home-`);
}

export function removeHome(home: string): void {
  rmSync(home, { recursive: true });
}

/** Makes an account in a home, or opens the one that is there. */
export async function openAccount(home: string): Promise<{ gravy: Gravy; id: string }> {
  const gravy = await openGravy({ home });
  const [existing] = await gravy.call('account.list', {});
  const method = existing === undefined ? 'account.create' : 'account.unlock';
  const { id } = await gravy.call(method, { name: 'bench', password: PASSWORD });
  return { gravy, id };
}
