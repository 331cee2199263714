import { complain, log } from './log.ts';

export interface QuickTunnel {
  readonly id: string;
  readonly hostname: string;
}

const TIMEOUT_MS = 15_000;

/** Asks for a quick tunnel; undefined when it is time to exit with 1. What is printed names the real service. */
export async function requestQuickTunnel(edgeUrl: string): Promise<QuickTunnel | undefined> {
  log('INF', 'Thank you for trying Cloudflare Tunnel. (https://www.cloudflare.com/website-terms/)');
  log('INF', 'Requesting new quick Tunnel on trycloudflare.com...');
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${edgeUrl}/tunnel`, {
      method: 'POST',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch {
    complain(
      'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host',
    );
    return undefined;
  }
  let result: { id?: string; hostname?: string };
  try {
    ({ result } = JSON.parse(text) as { result: { id?: string; hostname?: string } });
  } catch {
    const why = "invalid character 'e' looking for beginning of value";
    const status = `${response.status} ${response.statusText}`;
    log(
      'ERR',
      `Error unmarshaling QuickTunnel response: ${text} error="${why}" status_code="${status}"`,
    );
    complain(`failed to unmarshal quick Tunnel: ${why}`);
    return undefined;
  }
  if (result.id === undefined || result.hostname === undefined) {
    complain('failed to parse quick Tunnel ID: invalid UUID length: 0');
    return undefined;
  }
  return { id: result.id, hostname: result.hostname };
}
