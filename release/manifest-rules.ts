// What the package.json of everything published has to say.
import { type Manifest, type PublishedPackage, ROOT, readManifest } from './published.ts';

const ENGINES = '>=22.18';
/** npm runs these on the machine of whoever installs the package; ours run nothing there. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

function rulesOfPlace(published: PublishedPackage, root: Manifest): [string, boolean][] {
  const { manifest, directory } = published;
  const url = root.repository?.url ?? '';
  const page = url.replace(/^git\+/u, '').replace(/\.git$/u, '');
  return [
    [
      'repository: type, url as in the root, directory',
      url !== '' &&
        manifest.repository?.type === 'git' &&
        manifest.repository.url === url &&
        manifest.repository.directory === directory,
    ],
    ['homepage: its folder', manifest.homepage === `${page}/tree/main/${directory}#readme`],
    ['bugs.url: the issues of the repository', manifest.bugs?.url === `${page}/issues`],
  ];
}

function rulesOfUse(manifest: Manifest): [string, boolean][] {
  const everyDependency = Object.values({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
  });
  return [
    ['type: module', manifest.type === 'module'],
    [`engines.node: ${ENGINES}`, manifest.engines?.node === ENGINES],
    ['exports, with ./package.json', manifest.exports?.['./package.json'] === './package.json'],
    [
      'exports: types come first',
      Object.values(manifest.exports ?? {}).every(
        (target) => typeof target === 'string' || Object.keys(target)[0] === 'types',
      ),
    ],
    ['sideEffects is said', manifest.sideEffects !== undefined],
    [
      'files: dist without maps of declarations, CHANGELOG.md',
      ['dist', '!dist/**/*.d.ts.map', 'CHANGELOG.md'].every((entry) =>
        manifest.files?.includes(entry),
      ),
    ],
    [
      'dependencies are ranges of the registry or of the workspace',
      everyDependency.every((range) => /^(?:[\^~]\d+\.\d+\.\d+|workspace:\^)$/u.test(range)),
    ],
    [
      'no script that runs on install',
      INSTALL_SCRIPTS.every((script) => manifest.scripts?.[script] === undefined),
    ],
  ];
}

/** What is wrong with a package.json; empty if nothing is. */
export function brokenManifestRules(published: PublishedPackage): readonly string[] {
  const { manifest } = published;
  const root = readManifest(ROOT);
  const rules: [string, boolean][] = [
    ['name: in the scope @gravy', /^@gravy\/[a-z]+$/u.test(manifest.name)],
    ['description: a sentence', /^.{20,120}\.$/u.test(manifest.description ?? '')],
    ['keywords: five or more', (manifest.keywords?.length ?? 0) >= 5],
    ['license: as in the root', manifest.license === root.license],
    [
      'publishConfig: public, with provenance',
      manifest.publishConfig?.access === 'public' && manifest.publishConfig.provenance === true,
    ],
    ...rulesOfPlace(published, root),
    ...rulesOfUse(manifest),
  ];
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => `package.json: ${rule}`);
}
