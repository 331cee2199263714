import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { VirtualScreen } from './virtual-screen.js';

/** A busy machine takes its time; a screen that is not as expected costs as much. */
const SETTLES_WITHIN_MS = 3_000;

/** Below this, a part of a secret that the screen has broken into lines may be an ordinary word. */
const SHORTEST_PART = 5;

/** A screen with what differs from run to run replaced by as many `x`: ids, times, and ports. */
function masked(rows: readonly string[], changing: readonly string[]): string {
  const shown = changing.reduce((text, secret) => maskParts(text, secret), rows.join('\n'));
  return shown
    .replaceAll(/\b\d\d:\d\d\b/gu, 'xx:xx')
    .replaceAll(/\b20\d\d-\d\d-\d\d\b/gu, 'xxxx-xx-xx')
    .replaceAll(/(127\.0\.0\.1:)(\d+)/gu, (_, host: string, port: string) => host + mask(port))
    .replaceAll(/\b\d+ ms\b/gu, 'x ms');
}

const mask = (text: string): string => 'x'.repeat(text.length);

/** The longest parts first, wherever a line of the screen ends. */
function maskParts(text: string, secret: string): string {
  let shown = text;
  for (let length = secret.length; length >= SHORTEST_PART; length -= 1) {
    for (let start = 0; start + length <= secret.length; start += 1) {
      const part = secret.slice(start, start + length);
      if (shown.includes(part)) shown = shown.replaceAll(part, mask(part));
    }
  }
  return shown;
}

/** Resolves once the screen is as in the file of that name, which `vitest --update` writes. */
export async function expectGolden(
  name: string,
  screen: VirtualScreen,
  changing: readonly string[],
): Promise<void> {
  const file = fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));
  const now = (): string => `${masked(screen.rows, changing).replaceAll(/^/gmu, '|')}\n`;
  const expected = read(file);
  // What a screen shows at last may take a frame more than what the walk waits for.
  if (expected !== undefined) {
    await screen.shows(() => now() === expected, SETTLES_WITHIN_MS).catch(() => undefined);
  }
  await expect(now()).toMatchFileSnapshot(file);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
