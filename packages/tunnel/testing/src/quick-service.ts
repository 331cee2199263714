import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** All the ways in which the service that gives quick tunnels was seen to answer. */
export type ApiBehaviour = 'gives' | 'rate-limited' | 'error-page' | 'no-tunnel' | 'hangs';

/** api.trycloudflare.com. */
export class QuickService {
  behaviour: ApiBehaviour = 'gives';
  forgetsAtOnce = false;
  requestCount = 0;
  /** Tunnels that were given, by their id. */
  readonly #given = new Map<string, string>();

  hostnameOf(id: string): string | undefined {
    return this.#given.get(id);
  }

  forget(hostname: string): void {
    for (const [id, given] of this.#given) if (given === hostname) this.#given.delete(id);
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    this.requestCount += 1;
    switch (this.behaviour) {
      case 'gives': {
        const id = randomUUID();
        const hostname = `${randomWords()}.trycloudflare.com`;
        if (!this.forgetsAtOnce) this.#given.set(id, hostname);
        const result = { id, name: `qt-${id}`, hostname, account_tag: 'x', secret: 'eA==' };
        response.end(JSON.stringify({ success: true, result, errors: [] }));
        return;
      }
      case 'rate-limited':
        response.writeHead(429).end('error code: 1015');
        return;
      case 'error-page':
        response.writeHead(500).end('error code: 1101');
        return;
      case 'no-tunnel':
        response.end(JSON.stringify({ success: false, result: {}, errors: [{ code: 1101 }] }));
        return;
      case 'hangs':
    }
  }
}

/** Four words in the manner of the service. */
function randomWords(): string {
  const words = ['amber', 'brook', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron'];
  const bytes = randomBytes(8);
  const chosen = [...bytes.subarray(0, 3)].map((byte) => words[byte % words.length]);
  return [...chosen, bytes.subarray(3).toString('hex')].join('-');
}
