import { SeededRandom } from '@gravy/testing';
import { oddProbes } from './oddities.js';
import type { Probe } from './probe.js';
import { guessedProbes, methodProbes, pathProbes, upgradeProbes } from './requests.js';

/** More than 500 probes of a host whose upgrade path this is, each different from all others. */
export function allProbes(path: string, seed: number): Probe[] {
  const random = new SeededRandom(seed);
  const probes = [
    ...methodProbes(path),
    ...pathProbes(path, random),
    ...upgradeProbes(path),
    ...guessedProbes(random),
    ...oddProbes(path, random),
  ];
  const distinct = new Map(
    probes.map((probe) => [`${probe.isSlow === true} ${probe.bytes.toString('latin1')}`, probe]),
  );
  return [...distinct.values()];
}
