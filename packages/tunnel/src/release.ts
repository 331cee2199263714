import { TunnelError } from './errors.js';

/** The release that is downloaded. A newer one found on the machine is as good. */
export const PINNED_VERSION = '2026.8.3';
/** Where GitHub tells what a release consists of. */
export const RELEASE_API_URL = 'https://api.github.com/repos/cloudflare/cloudflared/releases/tags';

const RELEASE_PAGE_URL = `https://github.com/cloudflare/cloudflared/releases/tag/${PINNED_VERSION}`;

const ARCHITECTURES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  linux: { x64: 'amd64', arm64: 'arm64', arm: 'arm', ia32: '386' },
  darwin: { x64: 'amd64', arm64: 'arm64' },
  // Windows on ARM runs programs for x64.
  win32: { x64: 'amd64', arm64: 'amd64', ia32: '386' },
};

/** The name of the release's file for a platform, or undefined if there is none. */
export function assetName(platform: string, architecture: string): string | undefined {
  const suffix = ARCHITECTURES[platform]?.[architecture];
  if (suffix === undefined) return undefined;
  if (platform === 'darwin') return `cloudflared-darwin-${suffix}.tgz`;
  return platform === 'win32' ? `cloudflared-windows-${suffix}.exe` : `cloudflared-linux-${suffix}`;
}

export function handInstructions(): string {
  const asset = assetName(process.platform, process.arch);
  const file = asset === undefined ? '' : ` (${asset})`;
  return `It can be downloaded on request, or by hand from ${RELEASE_PAGE_URL}${file}; then put it on the PATH or let GRAVY_CLOUDFLARED name it.`;
}

export interface ReleaseAsset {
  readonly url: URL;
  readonly sha256: string;
}

/**
 * Reads the release API's answer. A file without a published SHA-256 is not taken.
 * @throws TunnelError `install_failed`
 */
export function readRelease(text: string, name: string, apiUrl: URL): ReleaseAsset {
  const asset = findAsset(text, name);
  if (asset === undefined) {
    throw installFailed(`The release ${PINNED_VERSION} has no file ${name}.`);
  }
  const { digest, browser_download_url: download } = asset;
  const sha256 =
    typeof digest === 'string' ? /^sha256:([0-9a-f]{64})$/u.exec(digest)?.[1] : undefined;
  if (sha256 === undefined) {
    throw installFailed('The release publishes no SHA-256 for this file, so it was not taken.');
  }
  const url = typeof download === 'string' ? URL.parse(download) : null;
  if (url === null || !isTrustworthy(url, apiUrl)) {
    throw installFailed('The release does not say from where to download safely.');
  }
  return { url, sha256 };
}

/** Over TLS; or, as in tests, from the server that was asked in the first place. */
export function isTrustworthy(url: URL, apiUrl: URL): boolean {
  return url.protocol === 'https:' || (apiUrl.protocol === 'http:' && url.host === apiUrl.host);
}

export function installFailed(what: string, cause?: unknown): TunnelError {
  return new TunnelError(
    'install_failed',
    `cloudflared was not installed. ${what} ${handInstructions()}`,
    { cause },
  );
}

function findAsset(text: string, name: string): Record<string, unknown> | undefined {
  let release: unknown;
  try {
    release = JSON.parse(text);
  } catch (cause) {
    throw installFailed('The answer about the release is not what it should be.', cause);
  }
  const assets: unknown =
    typeof release === 'object' && release !== null ? Reflect.get(release, 'assets') : undefined;
  if (!Array.isArray(assets)) return undefined;
  return assets.find(
    (asset: unknown): asset is Record<string, unknown> =>
      typeof asset === 'object' && asset !== null && Reflect.get(asset, 'name') === name,
  );
}
