import { PROBE_TIMEOUT_MS } from './limits.js';

/**
 * What a look at the public URL shows: it leads here; the edge has it lead nowhere yet; or nothing can be seen from
 * this machine, whose resolver or network may block what others' do not.
 */
export type ProbeResult = 'leads-here' | 'leads-nowhere' | 'cannot-see';

/** Looks at a public URL. Must not take much longer than PROBE_TIMEOUT_MS, and not reject. */
export type Probe = (url: string) => Promise<ProbeResult>;

/** Cloudflare's own statuses from 520 on say that the tunnel was not reached; 530 that there is none of the name. */
const FIRST_EDGE_STATUS = 520;

/** Asks for `/`: behind our configuration that is a 404 from this end of the tunnel. */
export const probeByHttps: Probe = (url) =>
  new Promise((resolve) => {
    // Not imported, as in metrics-client.ts.
    const request = process
      .getBuiltinModule('node:https')
      .get(url, { agent: false, timeout: PROBE_TIMEOUT_MS });
    const deadline = setTimeout(() => request.destroy(), PROBE_TIMEOUT_MS);
    request.on('response', ({ statusCode = 0 }) => {
      resolve(statusCode >= FIRST_EDGE_STATUS ? 'leads-nowhere' : 'leads-here');
      request.destroy();
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve('cannot-see'));
    request.on('close', () => {
      clearTimeout(deadline);
      resolve('cannot-see');
    });
  });
