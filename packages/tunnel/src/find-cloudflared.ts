import { open, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { isOlder, OLDEST_VERSION, readVersion } from './cloudflared-version.js';
import { TunnelError } from './errors.js';
import type { Environment } from './launch-environment.js';
import { handInstructions } from './release.js';

/** A cloudflared that has run and told its version. */
export interface Cloudflared {
  /** Absolute. */
  readonly path: string;
  readonly version: string;
  readonly source: CloudflaredSource;
}

/** Where it was found: what the caller said, GRAVY_CLOUDFLARED, `resources/` beside the program, PATH, or what was downloaded. */
export type CloudflaredSource = 'setting' | 'environment' | 'resources' | 'path' | 'downloaded';

/** Where `findCloudflared` looks. */
export interface FindOptions {
  /** The user's own choice. If it is given, nothing else is looked at. */
  readonly setting?: string;
  /** The folder of the program, beside which `resources/` may be; by default that of the main script. */
  readonly programFolder?: string;
  /** The private folder `bin/` that `installCloudflared` writes to. */
  readonly binFolder?: string;
  /** For GRAVY_CLOUDFLARED and PATH; by default this process's. */
  readonly environment?: Environment;
}

export const EXECUTABLE_NAME = process.platform === 'win32' ? 'cloudflared.exe' : 'cloudflared';

/**
 * Finds cloudflared and runs `--version`. What was named (setting, GRAVY_CLOUDFLARED) is taken or refused; elsewhere
 * what does not fit is passed over.
 * @throws TunnelError `cloudflared_missing`, `cloudflared_unusable`
 */
export async function findCloudflared(options: FindOptions = {}): Promise<Cloudflared> {
  const environment = options.environment ?? process.env;
  const named = options.setting ?? environment['GRAVY_CLOUDFLARED'];
  if (named !== undefined && named !== '') {
    const source = options.setting === undefined ? 'environment' : 'setting';
    return takeNamed(resolve(named), source);
  }
  let refused: TunnelError | undefined;
  for (const { path, source } of places(options, environment)) {
    if (!(await isProgram(path))) continue;
    try {
      return await check(path, source);
    } catch (error) {
      if (!(error instanceof TunnelError)) throw error;
      refused ??= error;
    }
  }
  throw (
    refused ??
    new TunnelError('cloudflared_missing', `cloudflared was not found. ${handInstructions()}`)
  );
}

async function takeNamed(path: string, source: CloudflaredSource): Promise<Cloudflared> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) {
    throw new TunnelError(
      'cloudflared_missing',
      `There is no file where ${source === 'setting' ? 'the setting' : 'GRAVY_CLOUDFLARED'} says that cloudflared is. Correct it, or take it away so that the usual places are looked at.`,
    );
  }
  return check(path, source);
}

function places(
  options: FindOptions,
  environment: Environment,
): { path: string; source: CloudflaredSource }[] {
  const main = process.argv[1];
  const programFolder = options.programFolder ?? (main === undefined ? undefined : dirname(main));
  const found: { path: string; source: CloudflaredSource }[] = [];
  if (programFolder !== undefined) {
    found.push({ path: resolve(programFolder, 'resources', EXECUTABLE_NAME), source: 'resources' });
  }
  for (const folder of (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter)) {
    // Not what happens to lie in the current folder.
    if (isAbsolute(folder)) found.push({ path: join(folder, EXECUTABLE_NAME), source: 'path' });
  }
  if (options.binFolder !== undefined) {
    found.push({ path: resolve(options.binFolder, EXECUTABLE_NAME), source: 'downloaded' });
  }
  return found;
}

/**
 * Whether a file is there and is no script. A script starts the real one as a process of its own (npm packages have such),
 * and ending the script would leave that behind.
 */
async function isProgram(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      if (!(await file.stat()).isFile()) return false;
      const start = Buffer.alloc(2);
      await file.read(start, 0, 2, 0);
      return start.toString('latin1') !== '#!';
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

async function check(path: string, source: CloudflaredSource): Promise<Cloudflared> {
  const version = await readVersion(path);
  if (version === undefined) {
    throw new TunnelError(
      'cloudflared_unusable',
      `What was found as cloudflared does not run here, or is something else. ${handInstructions()}`,
    );
  }
  if (isOlder(version, OLDEST_VERSION)) {
    throw new TunnelError(
      'cloudflared_unusable',
      `cloudflared ${version} is too old; at least ${OLDEST_VERSION} is needed. ${handInstructions()}`,
    );
  }
  return { path, version, source };
}
