import { TunnelError } from './errors.js';
import { DOWNLOAD_IDLE_TIMEOUT_MS } from './limits.js';
import { installFailed, isTrustworthy } from './release.js';

/** How far a download is. `totalBytes` is what the server says, if it does. */
export interface DownloadProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number | undefined;
}

/**
 * Downloads into memory, at most `maxBytes`, and gives up when nothing comes for a while.
 * @throws TunnelError `install_failed`
 */
export async function download(options: {
  url: URL;
  apiUrl: URL;
  accept: string;
  maxBytes: number;
  signal: AbortSignal | undefined;
  idleTimeoutMs?: number;
  onProgress?: ((progress: DownloadProgress) => void) | undefined;
}): Promise<Uint8Array> {
  const { url, apiUrl, accept, maxBytes, idleTimeoutMs = DOWNLOAD_IDLE_TIMEOUT_MS } = options;
  const ending = new AbortController();
  const signal = options.signal ? AbortSignal.any([ending.signal, options.signal]) : ending.signal;
  const idle = setTimeout(() => ending.abort(), idleTimeoutMs);
  try {
    const response = await fetch(url, {
      signal,
      // GitHub refuses requests that do not say who asks.
      headers: { accept, 'user-agent': 'gravy-tunnel' },
    });
    if (!response.ok) {
      throw installFailed(`The server answered with status ${response.status}.`);
    }
    if (!isTrustworthy(new URL(response.url), apiUrl)) {
      throw installFailed('The server sent the download on to a place without TLS.');
    }
    const total = Number(response.headers.get('content-length') ?? Number.NaN);
    const totalBytes = Number.isSafeInteger(total) ? total : undefined;
    const chunks: Uint8Array[] = [];
    let receivedBytes = 0;
    for await (const chunk of response.body ?? []) {
      idle.refresh();
      receivedBytes += chunk.length;
      if (receivedBytes > maxBytes) throw installFailed('The download is larger than it can be.');
      chunks.push(chunk);
      options.onProgress?.({ receivedBytes, totalBytes });
    }
    return Buffer.concat(chunks, receivedBytes);
  } catch (error) {
    if (error instanceof TunnelError) throw error;
    throw installFailed('The download failed. Check that you are online, and try again.', error);
  } finally {
    clearTimeout(idle);
    ending.abort();
  }
}
