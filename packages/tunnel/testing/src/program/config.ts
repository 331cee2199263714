import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

interface IngressRule {
  readonly path?: string;
  readonly service: string;
}

/** What a request is answered with: a port of this machine, or a status. */
export type Destination = { readonly port: number } | { readonly status: number };

/**
 * The rules that hold: those of the configuration file win over `--url`, which is how a file in the home folder takes a
 * quick tunnel over. Only JSON is read of YAML.
 */
export function readIngress(
  file: string | undefined,
  url: string | undefined,
): (path: string) => Destination {
  const rules = readRules(file);
  if (rules.length > 0) checkCatchAll(rules);
  const all = rules.length > 0 ? rules : [{ service: url ?? 'http_status:503' }];
  return (path) => {
    const rule = all.find(
      ({ path: pattern }) => pattern === undefined || new RegExp(pattern, 'u').test(path),
    );
    return destination(rule?.service ?? 'http_status:503');
  };
}

/** The file that is used: the one named, which has to exist, or one of the user's. */
export function findConfig(named: string | undefined): string | undefined {
  if (named !== undefined) return named;
  return ['config.yml', 'config.yaml']
    .map((name) => join(homedir(), '.cloudflared', name))
    .find((file) => existsSync(file));
}

function readRules(file: string | undefined): IngressRule[] {
  if (file === undefined) return [];
  const config = JSON.parse(readFileSync(file, 'utf8')) as { ingress?: IngressRule[] };
  return config.ingress ?? [];
}

function checkCatchAll(rules: readonly IngressRule[]): void {
  if (rules.at(-1)?.path !== undefined) {
    throw new Error(
      'The last ingress rule must match all URLs (i.e. it should not have a hostname or path filter)',
    );
  }
  if (rules.slice(0, -1).some(({ path }) => path === undefined)) {
    throw new Error("Rule #1 is matching the hostname '', but this will match every hostname");
  }
}

function destination(service: string): Destination {
  const status = /^http_status:(\d{3})$/u.exec(service)?.[1];
  if (status !== undefined) return { status: Number(status) };
  const url = new URL(service);
  if (url.pathname !== '/') throw new Error(`${service} is an invalid address`);
  return { port: Number(url.port) };
}
