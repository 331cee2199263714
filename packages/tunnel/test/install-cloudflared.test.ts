import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createStandIn } from '@gravy/cloudflared-stand-in';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import {
  type DownloadProgress,
  findCloudflared,
  installCloudflared,
  type InstallOptions,
  TunnelError,
} from '../src/index.js';
import {
  DOWNLOAD_PATH,
  RELEASE_PATH,
  type ReleaseServer,
  startReleaseServer,
} from './release-server.js';
import { makeWorld, type World } from './world.js';

const NAME = 'cloudflared-linux-amd64';
let world: World;
let release: ReleaseServer;
let binFolder: string;
let bytes: Buffer;

beforeEach(async () => {
  world = await makeWorld();
  const program = await createStandIn(world.edge, { kind: 'program' });
  onTestFinished(() => program.remove());
  bytes = await readFile(program.path);
  release = await startReleaseServer(NAME, bytes);
  binFolder = join(world.folder, 'bin');
});

function install(options: Partial<InstallOptions> = {}): ReturnType<typeof installCloudflared> {
  return installCloudflared({
    consent: true,
    binFolder,
    releaseApiUrl: release.apiUrl,
    platform: 'linux',
    architecture: 'x64',
    ...options,
  });
}

/** It failed with advice, and left nothing in the folder. */
async function refusal(options?: Partial<InstallOptions>): Promise<string> {
  const error: unknown = await install(options).catch((thrown: unknown) => thrown);
  if (!(error instanceof TunnelError)) throw new Error('It did not fail.', { cause: error });
  expect(error.code).toBe('install_failed');
  expect(error.message).toContain('by hand from https://github.com/cloudflare/cloudflared/');
  expect(await readdir(binFolder).catch(() => [])).toEqual([]);
  return error.message;
}

test('downloads what the release publishes, tries it, and then gives it its name', async () => {
  const progress: DownloadProgress[] = [];
  const installed = await install({ onProgress: (step) => progress.push(step) });
  expect(installed).toEqual({
    path: join(binFolder, 'cloudflared'),
    version: '2026.8.3',
    source: 'downloaded',
  });
  expect(release.paths).toEqual([RELEASE_PATH, DOWNLOAD_PATH]);
  expect(await readdir(binFolder)).toEqual(['cloudflared']);
  expect((await stat(installed.path)).mode & 0o777).toBe(0o700);
  expect(progress.at(-1)).toEqual({ receivedBytes: bytes.length, totalBytes: bytes.length });
  expect(await findCloudflared({ binFolder, environment: {}, programFolder: '/nowhere' })).toEqual(
    installed,
  );
  // Again, over the old one.
  await install();
  expect(await readdir(binFolder)).toEqual(['cloudflared']);
});

test('without consent nothing is asked for', async () => {
  const options = { consent: false, binFolder } as unknown as InstallOptions;
  await expect(installCloudflared(options)).rejects.toMatchObject({ code: 'misuse' });
  expect(release.paths).toEqual([]);
});

test.each<[string, unknown]>([
  ['none', undefined],
  ['null', null],
  ['another kind', `sha512:${'0'.repeat(128)}`],
  ['too short', `sha256:${'0'.repeat(63)}`],
])('a published digest that is %s: nothing is downloaded', async (_name, digest) => {
  release.asset['digest'] = digest;
  expect(await refusal()).toContain('publishes no SHA-256');
  expect(release.paths).toEqual([RELEASE_PATH]);
});

test('a file that is not the published one is not kept', async () => {
  release.asset['digest'] = `sha256:${'0'.repeat(64)}`;
  expect(await refusal()).toContain('not what the release publishes');
});

test.each([
  [RELEASE_PATH, 403],
  [RELEASE_PATH, 404],
  [DOWNLOAD_PATH, 500],
])('%s answers %i', async (path, status) => {
  // An error page is not taken for what was asked for.
  release.answers.set(path, (_request, response) => response.writeHead(status).end(bytes));
  expect(await refusal()).toContain(`status ${status}`);
});

test('a connection that breaks off in the middle', async () => {
  release.answers.set(DOWNLOAD_PATH, (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 10), () => response.destroy());
  });
  expect(await refusal()).toContain('The download failed');
});

test('an answer without end', async () => {
  release.answers.set(RELEASE_PATH, (_request, response) => {
    const chunk = Buffer.alloc(65_536, 0x20);
    const more = (): void => {
      while (response.writable && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  expect(await refusal()).toContain('larger than it can be');
});

test('an answer that is no release', async () => {
  release.answers.set(RELEASE_PATH, (_request, response) => response.end('<html>'));
  expect(await refusal()).toContain('not what it should be');
  release.answers.set(RELEASE_PATH, (_request, response) => response.end('{"assets":{}}'));
  expect(await refusal()).toContain('has no file');
});

test.each(['http://other.example/cloudflared', 'file:///bin/true', 'nonsense', undefined])(
  'a download from %s is not begun',
  async (url) => {
    release.asset['browser_download_url'] = url;
    expect(await refusal()).toContain('from where to download safely');
  },
);

test('a redirect to a place without TLS is not followed to the end', async () => {
  const other = await startReleaseServer(NAME, bytes);
  release.answers.set(DOWNLOAD_PATH, (_request, response) => {
    const location = other.apiUrl.replace('/releases', DOWNLOAD_PATH);
    response.writeHead(302, { location }).end();
  });
  expect(await refusal()).toContain('without TLS');
});

test('what does not run is not kept', async () => {
  const broken = Buffer.from('exit 1\n');
  release = await startReleaseServer(NAME, broken);
  expect(await refusal()).toContain('does not run');
});

test('what is another version than the pinned one is not kept', async () => {
  const old = await createStandIn(world.edge, {
    kind: 'program',
    behaviour: { version: '2026.8.2' },
  });
  onTestFinished(() => old.remove());
  release = await startReleaseServer(NAME, await readFile(old.path));
  expect(await refusal()).toContain('does not run');
});

test('no release for the machine; no folder to write to', async () => {
  expect(await refusal({ architecture: 'riscv64' })).toContain('kind of machine');
  await writeFile(join(world.folder, 'file'), '');
  expect(await refusal({ binFolder: join(world.folder, 'file', 'bin') })).toContain('written');
});

test('given up by the signal', async () => {
  const giveUp = new AbortController();
  release.answers.set(DOWNLOAD_PATH, () => giveUp.abort());
  await expect(install({ signal: giveUp.signal })).rejects.toMatchObject({ code: 'aborted' });
});

test('for macOS it comes in an archive', async () => {
  const name = 'cloudflared-darwin-arm64.tgz';
  const mac = { platform: 'darwin', architecture: 'arm64' } as const;
  release = await startReleaseServer(name, gzipSync(tar([['cloudflared', bytes]])));
  expect((await install(mac)).version).toBe('2026.8.3');
  expect(await readFile(join(binFolder, 'cloudflared'))).toEqual(bytes);
});

test.each<[string, Uint8Array]>([
  ['no archive', Buffer.from('no')],
  ['an empty one', gzipSync(tar([]))],
  ['one with other files only', gzipSync(tar([['../cloudflared', Buffer.from('x')]]))],
  ['one that is cut off', gzipSync(tar([['cloudflared', Buffer.alloc(2_000)]]).subarray(0, 1_024))],
])('an archive that is %s', async (_name, archive) => {
  const name = 'cloudflared-darwin-amd64.tgz';
  release = await startReleaseServer(name, archive);
  expect(await refusal({ platform: 'darwin' })).toContain('archive');
});

/** A tar archive: a block of header, then the contents in blocks. */
function tar(files: readonly (readonly [string, Uint8Array])[]): Buffer {
  const blocks = files.flatMap(([name, contents]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${contents.length.toString(8).padStart(11, '0')} `, 124);
    header.write('0', 156);
    header.write('ustar', 257);
    const padding = Buffer.alloc((512 - (contents.length % 512)) % 512);
    return [header, contents, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1_024)]);
}
