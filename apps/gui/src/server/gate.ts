import type { IncomingMessage } from 'node:http';

/** Why a request is not answered, with the status it gets instead. */
export interface Refusal {
  readonly status: 400 | 403;
  readonly reason: string;
}

/** Only something in between adds these: a tunnel or proxy that was pointed at this port by mistake. */
const FROM_A_PROXY = /^(?:cf-|x-forwarded-|forwarded$|via$)/u;

/**
 * Decides before anything is read of a request whether it comes from our own page. Other pages in
 * the same browser can send requests here, and so can names that resolve to this machine
 * (DNS rebinding); none of them can choose `Host` and `Origin`.
 */
export class Gate {
  readonly #host: string;
  readonly #origin: string;

  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`;
    this.#origin = `http://${this.#host}`;
  }

  get origin(): string {
    return this.#origin;
  }

  /** Undefined for a request that may be answered. */
  refusalOf(request: IncomingMessage, kind: 'request' | 'upgrade'): Refusal | undefined {
    const names = Object.keys(request.headers);
    if (names.some((name) => FROM_A_PROXY.test(name))) {
      return { status: 403, reason: 'This page does not go through proxies or tunnels.' };
    }
    if (!isExactly(request, 'host', this.#host)) {
      return { status: 403, reason: `This page is at ${this.#origin} and nowhere else.` };
    }
    if (request.url?.startsWith('/') !== true) {
      return { status: 400, reason: 'A path is needed.' };
    }
    if (request.method === 'GET' && kind === 'request') return this.#refusalOfGet(request);
    if (isExactly(request, 'origin', this.#origin)) return undefined;
    return { status: 403, reason: 'Only the page itself may do this.' };
  }

  /**
   * Browsers say where a request comes from. To follow a link to the page is fine from anywhere; to
   * load or open parts of it, or to frame it, is not.
   */
  #refusalOfGet(request: IncomingMessage): Refusal | undefined {
    const { headers, url } = request;
    const site = headers['sec-fetch-site'];
    const isOwn = site === undefined || site === 'same-origin' || site === 'none';
    const opensPage =
      url === '/' &&
      headers['sec-fetch-mode'] === 'navigate' &&
      headers['sec-fetch-dest'] === 'document';
    const origins = valuesOf(request, 'origin');
    if ((isOwn || opensPage) && origins.every((origin) => origin === this.#origin)) {
      return undefined;
    }
    return { status: 403, reason: 'Only the page itself may do this.' };
  }
}

/** Once, and to the letter: what a header says twice, two readers may read differently. */
function isExactly(request: IncomingMessage, name: string, expected: string): boolean {
  const values = valuesOf(request, name);
  return values.length === 1 && values[0] === expected;
}

function valuesOf({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter(
    (_, index) => rawHeaders[index - 1]?.toLowerCase() === name && index % 2 === 1,
  );
}
