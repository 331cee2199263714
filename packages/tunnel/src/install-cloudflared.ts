import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFile } from './archive.js';
import { readVersion } from './cloudflared-version.js';
import { download, type DownloadProgress } from './download.js';
import { TunnelError } from './errors.js';
import { type Cloudflared, EXECUTABLE_NAME } from './find-cloudflared.js';
import { MAX_ASSET_BYTES, MAX_RELEASE_BYTES } from './limits.js';
import {
  assetName,
  installFailed,
  PINNED_VERSION,
  readRelease,
  RELEASE_API_URL,
} from './release.js';

/** What `installCloudflared` needs to know. */
export interface InstallOptions {
  /** The user has said yes to downloading a program from GitHub and running it. */
  readonly consent: true;
  /** The private folder `bin/`, made if missing. */
  readonly binFolder: string;
  /** Told how much of the download is there, as it comes. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
  /** For tests: another release server, platform and architecture. */
  readonly releaseApiUrl?: string;
  readonly platform?: string;
  readonly architecture?: string;
}

/**
 * Downloads the pinned release into the private folder: its SHA-256 is the one that the release publishes, and it has run, before it
 * gets its name.
 * @throws TunnelError `install_failed`, `aborted`
 */
export async function installCloudflared(options: InstallOptions): Promise<Cloudflared> {
  const { binFolder, signal, platform = process.platform, architecture = process.arch } = options;
  // For callers without types: nothing is downloaded by mistake.
  if (!options.consent) {
    throw new TunnelError('misuse', 'cloudflared is downloaded only when the user has agreed.');
  }
  const name = assetName(platform, architecture);
  if (name === undefined) throw installFailed('There is no release for this kind of machine.');
  try {
    const asset = await downloadAsset(name, options);
    const path = join(binFolder, EXECUTABLE_NAME);
    await put(path, program(asset, name));
    return { path, version: PINNED_VERSION, source: 'downloaded' };
  } catch (error) {
    if (signal?.aborted === true) {
      throw new TunnelError('aborted', 'The download was given up.', { cause: error });
    }
    throw error;
  }
}

async function downloadAsset(name: string, options: InstallOptions): Promise<Uint8Array> {
  const { releaseApiUrl = RELEASE_API_URL, signal, onProgress } = options;
  const apiUrl = new URL(`${releaseApiUrl}/${PINNED_VERSION}`);
  const release = await download({
    url: apiUrl,
    apiUrl,
    accept: 'application/vnd.github+json',
    maxBytes: MAX_RELEASE_BYTES,
    signal,
  });
  const { url, sha256 } = readRelease(new TextDecoder().decode(release), name, apiUrl);
  const asset = await download({
    url,
    apiUrl,
    accept: 'application/octet-stream',
    maxBytes: MAX_ASSET_BYTES,
    signal,
    onProgress,
  });
  if (createHash('sha256').update(asset).digest('hex') !== sha256) {
    throw installFailed('What was downloaded is not what the release publishes (SHA-256).');
  }
  return asset;
}

function program(asset: Uint8Array, name: string): Uint8Array {
  if (!name.endsWith('.tgz')) return asset;
  const file = extractFile(asset, 'cloudflared', MAX_ASSET_BYTES);
  if (file === undefined) throw installFailed('The archive does not hold what it should.');
  return file;
}

/** Under another name until it is whole, on disk, and has run. */
async function put(path: string, bytes: Uint8Array): Promise<void> {
  const folder = join(path, '..');
  // Windows runs only what is called .exe.
  const temporary = join(folder, `installing-${randomUUID()}-${EXECUTABLE_NAME}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', 0o700);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const version = await readVersion(temporary);
    if (version !== PINNED_VERSION) {
      throw installFailed('What was downloaded does not run on this machine.');
    }
    await rename(temporary, path);
  } catch (error) {
    // Why it failed is the news, and not that there is nothing to take away.
    await rm(temporary, { force: true }).catch(() => {});
    if (error instanceof TunnelError) throw error;
    throw installFailed('It could not be written. Check the folder and the disk.', error);
  }
}
