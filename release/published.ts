// The packages that are published: every workspace folder of packages/ and apps/ that is not private.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** As much of a package.json as the checks look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly homepage?: string;
  readonly bugs?: { readonly url?: string };
  readonly repository?: {
    readonly type?: string;
    readonly url?: string;
    readonly directory?: string;
  };
  readonly license?: string;
  readonly type?: string;
  readonly sideEffects?: boolean | readonly string[];
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly engines?: { readonly node?: string };
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface PublishedPackage {
  /** Relative to the repository, as in `packages/protocol`. */
  readonly directory: string;
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
}

/** In the order of their names; libraries first. */
export function publishedPackages(): readonly PublishedPackage[] {
  return ['packages', 'apps']
    .flatMap((parent) =>
      readdirSync(`${ROOT}${parent}`)
        .toSorted()
        .map((name) => `${parent}/${name}`),
    )
    .filter((directory) => existsSync(`${ROOT}${directory}/package.json`))
    .map((directory) => {
      const folder = `${ROOT}${directory}`;
      return { directory, folder, manifest: readManifest(folder) };
    })
    .filter(({ manifest }) => manifest.private !== true);
}
