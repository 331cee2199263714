/** What of this machine a tunnel publishes. */
export interface TunnelOrigin {
  /** On 127.0.0.1. */
  readonly port: number;
  /**
   * The one path that gets through, exactly; everything else is answered with 404 at this machine's end of the tunnel,
   * even if another program should take the port. Without it the whole port is published.
   */
  readonly path?: string;
}

/** cloudflared's configuration, as JSON, which is YAML too. */
export function ingressConfig(origin: TunnelOrigin): string {
  const service = `http://127.0.0.1:${origin.port}`;
  if (origin.path === undefined) return JSON.stringify({ ingress: [{ service }] });
  return JSON.stringify({
    ingress: [
      // Matched after %-escapes are undone, so another spelling of the path gets through: the origin compares exactly.
      { path: `^${escapePattern(origin.path)}$`, service },
      { service: 'http_status:404' },
    ],
  });
}

/** cloudflared takes the path for a Go regular expression. */
function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
