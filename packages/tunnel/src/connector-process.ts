import { type ChildProcess, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { TunnelError } from './errors.js';
import { describeExit, type ProcessExit } from './failure.js';
import { KeptRecord } from './kept-record.js';
import { LAST_WORDS_MS, MAX_LINE_CHARACTERS } from './limits.js';
import type { Environment } from './launch-environment.js';
import { LineSplitter } from './line-splitter.js';
import { fetchReadiness, type Readiness } from './metrics-client.js';
import { type OutputFailure, readOutputLine } from './output-line.js';
import { identifyProcess } from './process-identity.js';
import { recordFiles } from './process-record.js';
import type { Watchdog } from './watchdog.js';

export interface ConnectorStart {
  readonly executable: string;
  /** The call, once it is known which configuration file it is to name. */
  readonly commandLine: (configFile: string) => string[];
  readonly environment: Environment;
  readonly config: string;
  readonly metricsPort: number;
  readonly folder: string;
  readonly watchdog: Watchdog;
}

/** One running cloudflared: its output read, its end known, its record kept, watched over from its first moment. */
export class ConnectorProcess {
  readonly metricsPort: number;
  /** Settles when the process is gone and its record with it. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** What it has said so far. */
  hostname: string | undefined;
  connectorId: string | undefined;
  hasRegistered = false;
  /** Its metrics server has answered once. */
  hasMetrics = false;
  lastFailure: OutputFailure | undefined;
  exit: ProcessExit | undefined;

  readonly #gone = new AbortController();
  readonly #child: ChildProcess;
  /** None of what could not be started. */
  readonly #record: KeptRecord | undefined;

  private constructor(child: ChildProcess, start: ConnectorStart, record: KeptRecord | undefined) {
    this.#child = child;
    this.#record = record;
    this.metricsPort = start.metricsPort;
    this.#readOutput();
    this.exited = this.#awaitExit(start.watchdog);
    void this.exited.then(() => this.#gone.abort());
  }

  /** @throws TunnelError `folder_unusable`, `cloudflared_unusable` */
  static async start(start: ConnectorStart): Promise<ConnectorProcess> {
    const { recordFile, configFile } = recordFiles(start.folder);
    const owner = { pid: process.pid, identity: await identifyProcess(process.pid) };
    try {
      await writeFile(configFile, start.config, { mode: 0o600, flag: 'wx' });
    } catch (cause) {
      await rm(configFile, { force: true }).catch(() => {});
      throw unusable(cause);
    }
    let child: ChildProcess;
    try {
      // Itself, and not through a shell: what is recorded, watched and ended has to be cloudflared.
      child = spawn(start.executable, start.commandLine(configFile), {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: start.environment,
        windowsHide: true,
      });
    } catch (cause) {
      await rm(configFile, { force: true }).catch(() => {});
      throw describeExit({ code: null, signal: null, cause }, undefined, 0);
    }
    const { pid } = child;
    if (pid === undefined) {
      // Built first: it has to hear the error, which comes in the next turn.
      const unstarted = new ConnectorProcess(child, start, undefined);
      await rm(configFile, { force: true }).catch(() => {});
      return unstarted;
    }
    start.watchdog.watch(pid);
    const { metricsPort } = start;
    const record = new KeptRecord(recordFile, { pid, metricsPort, owner });
    return new ConnectorProcess(child, start, record);
  }

  /** Aborted when the process is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Fails as the folder did, if the record of this process could not be written. */
  async recorded(): Promise<void> {
    try {
      await this.#record?.written();
    } catch (cause) {
      throw unusable(cause);
    }
  }

  /** What its metrics server says now; undefined while that does not answer. */
  async fetchReadiness(): Promise<Readiness | undefined> {
    const readiness = await fetchReadiness(this.metricsPort, this.connectorId);
    this.hasMetrics ||= readiness !== undefined;
    if (readiness?.connectorId !== undefined) this.#noteConnectorId(readiness.connectorId);
    return readiness;
  }

  /** SIGTERM, then SIGKILL after `graceMs`. Resolves when the process is gone. */
  async end(graceMs: number): Promise<void> {
    if (this.exit === undefined) this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(timer);
  }

  /** Always to the end: a process whose pipe is full stands still. */
  #readOutput(): void {
    const lines = new LineSplitter(MAX_LINE_CHARACTERS, (line) => this.#onLine(line));
    this.#child.stderr?.setEncoding('utf8');
    this.#child.stderr?.on('data', (text: string) => lines.push(text));
    this.#child.stderr?.on('end', () => lines.finish());
    this.#child.stderr?.on('error', () => {});
  }

  #onLine(line: string): void {
    const finding = readOutputLine(line);
    switch (finding?.kind) {
      case 'url':
        this.hostname ??= finding.hostname;
        return;
      case 'connector':
        this.#noteConnectorId(finding.connectorId);
        return;
      case 'registered':
        this.hasRegistered = true;
        this.lastFailure = undefined;
        return;
      case 'failure':
        // The cause stands before its consequences: "429" before "failed to unmarshal".
        this.lastFailure ??= finding.failure;
        return;
      case undefined:
    }
  }

  async #awaitExit(watchdog: Watchdog): Promise<ProcessExit> {
    const exit = await new Promise<ProcessExit>((resolve) => {
      this.#child.once('error', (cause) => {
        if (this.#child.pid === undefined) resolve({ code: null, signal: null, cause });
      });
      this.#child.once('exit', (code, signal) => {
        // Its last words may still be under way; but what it has started could hold its output open for ever.
        const timer = setTimeout(resolve, LAST_WORDS_MS, { code, signal });
        this.#child.once('close', () => {
          clearTimeout(timer);
          resolve({ code, signal });
        });
      });
    });
    if (this.#child.pid !== undefined) watchdog.release(this.#child.pid);
    this.exit = exit;
    await this.#record?.remove();
    return exit;
  }

  #noteConnectorId(connectorId: string): void {
    if (this.connectorId === connectorId) return;
    this.connectorId = connectorId;
    this.#record?.noteConnectorId(connectorId);
  }
}

function unusable(cause: unknown): TunnelError {
  return new TunnelError(
    'folder_unusable',
    'The folder for the records of running tunnels cannot be written. Check its permissions, and that the disk is not full.',
    { cause },
  );
}
