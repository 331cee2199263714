import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long, or waits for long, begins early, so that no long file is alone at the end. */
const PROJECTS = [
  'tunnel',
  'examples',
  'cli',
  'compat',
  'messenger',
  'protocol',
  'history',
  'identity',
  'gui',
];
/** Those that take more than ten seconds, whatever their size. */
const LONG =
  /(?:chat\.process|chat\.e2e|crowd\.e2e|chaos\.e2e|second-process\.e2e|resume|delivery\.property|reconnects|tunnel-hosting|orphans|tunnel\/test\/readme|message-search|rejections|getting-started)\.test\.ts$/u;
/** One browser at a time, or nearly: several on two processors only wait for each other. */
const SPREAD = 'gui-trials';

const rankOf = (name: string): number => {
  const rank = PROJECTS.indexOf(name);
  return rank === -1 ? PROJECTS.length : rank;
};

/**
 * Project after project, since the files of one share a worker, and the long files of each first. The
 * browser's files are spread among the first three quarters of the others.
 */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const spread = files.filter(({ project }) => project.name === SPREAD);
    const sorted = files
      .filter(({ project }) => project.name !== SPREAD)
      .toSorted(
        (one, other) =>
          rankOf(one.project.name) - rankOf(other.project.name) ||
          one.project.name.localeCompare(other.project.name) ||
          Number(LONG.test(other.moduleId)) - Number(LONG.test(one.moduleId)) ||
          one.moduleId.localeCompare(other.moduleId),
      );
    const step = Math.floor((sorted.length * 3) / 4 / Math.max(1, spread.length));
    for (const [index, file] of spread.entries()) sorted.splice(index * (step + 1), 0, file);
    return Promise.resolve(sorted);
  }
}
