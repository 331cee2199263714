import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { PINNED_VERSION } from '../src/index.js';

/** The release API and its downloads, on loopback. */
export interface ReleaseServer {
  /** For `releaseApiUrl`. */
  readonly apiUrl: string;
  /** The paths that were asked for. */
  readonly paths: string[];
  /** What the API says about the asset, over what is true. */
  asset: Record<string, unknown>;
  /** Answers instead, by path. */
  readonly answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
}

export const RELEASE_PATH = `/releases/${PINNED_VERSION}`;
export const DOWNLOAD_PATH = '/download';

export async function startReleaseServer(name: string, bytes: Uint8Array): Promise<ReleaseServer> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    paths.push(path);
    const answer = release.answers.get(path);
    if (answer !== undefined) {
      answer(request, response);
    } else if (request.headers['user-agent'] === undefined) {
      response.writeHead(403).end();
    } else if (path === RELEASE_PATH) {
      response.end(JSON.stringify({ tag_name: PINNED_VERSION, assets: [OTHER, release.asset] }));
    } else if (path === DOWNLOAD_PATH) {
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const OTHER = { name: 'cloudflared-other', digest: `sha256:${'0'.repeat(64)}` };
  const release: ReleaseServer = {
    apiUrl: `${origin}/releases`,
    paths,
    asset: {
      name,
      digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      browser_download_url: `${origin}${DOWNLOAD_PATH}`,
    },
    answers: new Map(),
  };
  return release;
}
