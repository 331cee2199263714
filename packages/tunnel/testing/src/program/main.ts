// What is run instead of cloudflared. It is called as that is, says what that says, and ends as that ends.
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CALLS_FILE, SETTINGS_FILE, type StandInCall, type StandInSettings } from '../behaviour.ts';
import { findConfig, readIngress } from './config.ts';
import { EdgeLink } from './edge-link.ts';
import { complain, log, logBox } from './log.ts';
import { serveMetrics } from './metrics.ts';
import { type Options, readOptions, UsageError } from './options.ts';
import { requestQuickTunnel } from './service.ts';

const folder = dirname(process.argv[1] ?? '');
const words = process.argv.slice(2);
const settings = JSON.parse(readFileSync(join(folder, SETTINGS_FILE), 'utf8')) as StandInSettings;
const { behaviour, edgeUrl } = settings;

process.exitCode = await main();

async function main(): Promise<number> {
  const version = behaviour.version ?? '2026.8.3';
  if (words[0] === '--version') {
    process.stdout.write(`cloudflared version ${version} (built 2026-08-20-1200 UTC)\n`);
    return 0;
  }
  writeCall();
  let options: Options;
  try {
    options = readOptions(words, process.env, behaviour.unknownOptions ?? []);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`Incorrect Usage: ${error.message}`);
    return 255;
  }
  return run(options.command, options.values);
}

async function run(
  command: Options['command'],
  values: ReadonlyMap<string, string>,
): Promise<number> {
  const config = findConfig(values.get('config'));
  if (config !== undefined && !existsSync(config)) {
    complain(`error parsing config: open ${config}: no such file or directory`);
    return 1;
  }
  let end: () => void = leaveInOrder;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (behaviour.ignoresSignals === true) return;
    log(
      'INF',
      `Initiating graceful shutdown due to signal ${signal === 'SIGTERM' ? 'terminated' : 'interrupt'} ...`,
    );
    // A second one is not waited for.
    process.removeListener('SIGTERM', onSignal).removeListener('SIGINT', onSignal);
    end();
  };
  if (behaviour.ignoresSignals === true) process.on('SIGHUP', onSignal);
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  if (behaviour.floodBytes !== undefined) process.stderr.write('x'.repeat(behaviour.floodBytes));
  log('INF', `Version ${behaviour.version ?? '2026.8.3'}`);
  if (behaviour.exits?.when === 'at-start') return leave(behaviour.exits.code);

  if (behaviour.hangsAtStart === true) await hang();
  const credential = await credentialOf(command, values);
  if (credential === undefined) return leave(1);
  const connectorId = randomUUID();
  log('INF', `Generated Connector ID: ${connectorId}`);
  // It replaces itself exactly when nobody is at a terminal.
  if (behaviour.hasUpdate === true && !values.has('no-autoupdate')) {
    log('INF', 'cloudflared has been updated version=2026.9.0');
    return leave(11);
  }
  const link = new EdgeLink({
    edgeUrl,
    credential: credential.pair,
    connectorId,
    // `auto` tries QUIC for minutes before it falls back: longer than any test waits.
    protocol: values.get('protocol') === 'http2' ? 'http2' : 'quic',
    route: readIngress(config, values.get('url')),
    onRegistered: () => {
      if (behaviour.exits?.when === 'when-registered') process.exit(behaviour.exits.code);
    },
  });
  end = () => {
    const graceMs = Number.parseInt(values.get('grace-period') ?? '30', 10) * 1_000;
    void link.end(graceMs).then(() => process.exit(0));
  };
  if (behaviour.hasNoMetrics !== true) {
    const address = values.get('metrics') ?? '127.0.0.1:0';
    if (behaviour.findsMetricsPortTaken === true) await takePort(address);
    const isServing = await serveMetrics(address, {
      connectorId,
      hostname: credential.hostname,
      readyConnections: () => link.readyConnections,
    });
    if (!isServing) return leave(1);
  }
  await link.run();
  return 0;
}

async function credentialOf(
  command: Options['command'],
  values: ReadonlyMap<string, string>,
): Promise<{ pair: readonly [string, string]; hostname: string } | undefined> {
  if (command === 'run') {
    const file = values.get('token-file');
    const token =
      values.get('token') ?? (file === undefined ? '' : readFileSync(file, 'utf8').trim());
    if (!/^[A-Za-z0-9+/]{8,}=*$/u.test(token)) {
      complain('Provided Tunnel token is not valid.');
      return leave(255);
    }
    return { pair: ['token', token], hostname: '' };
  }
  if (values.has('name')) {
    complain(
      "Cannot determine default origin certificate path. client didn't specify origincert path",
    );
    return undefined;
  }
  if (!values.has('url')) {
    complain('Use `cloudflared tunnel run` to start a named tunnel');
    return undefined;
  }
  const tunnel = await requestQuickTunnel(edgeUrl);
  if (tunnel === undefined) return undefined;
  logBox([
    'Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):',
    `https://${tunnel.hostname}`,
  ]);
  return { pair: ['id', tunnel.id], hostname: tunnel.hostname };
}

async function takePort(address: string): Promise<void> {
  await new Promise<void>((resolve) => {
    createServer().listen(Number(address.split(':')[1]), '127.0.0.1', resolve);
  });
}

async function hang(): Promise<void> {
  log('INF', 'Requesting new quick Tunnel on trycloudflare.com...');
  await new Promise((resolve) => {
    setInterval(resolve, 2 ** 30);
  });
}

function leaveInOrder(): void {
  process.exit(0);
}

/** At once: timers and sockets hold nothing up. */
function leave(code: number): never {
  process.exit(code);
}

function writeCall(): void {
  const config = words[words.indexOf('--config') + 1];
  const call: StandInCall = {
    pid: process.pid,
    parentPid: process.ppid,
    options: words,
    environment: process.env as Record<string, string>,
    config: config === undefined || !existsSync(config) ? undefined : readFileSync(config, 'utf8'),
  };
  appendFileSync(join(folder, CALLS_FILE), `${JSON.stringify(call)}\n`);
}
