// Real processes and SIGKILL in the middle of a file: GOALS, correctness. The long form is in soak/.
import { afterEach, expect, it } from 'vitest';
import { FileKills } from './trials/file-kills.js';

const MIB = 2 ** 20;
/** What can be on its way at a kill: the window, and what the sockets of a loopback hold. */
const ON_THE_WAY_BYTES = 16 * MIB;

let trial: FileKills | undefined;
afterEach(() => trial?.end());

it(
  'a file arrives whole and once although both ends are killed',
  { timeout: 120_000 },
  async () => {
    trial = await FileKills.open();
    const kills = [
      ['ben', 5 * MIB],
      ['ada', 12 * MIB],
      ['ben', 21 * MIB],
    ] as const;
    const { twiceBytes } = await trial.send(24 * MIB, kills);
    expect(twiceBytes).toBeLessThan(kills.length * ON_THE_WAY_BYTES);
  },
);
