import { identifyProcess, type ProcessIdentity } from './process-identity.js';
import { type ProcessRecord, removeRecord, writeRecord } from './process-record.js';

/** The record of one process, from its start to its end: written anew when more is known, one write after the other. */
export class KeptRecord {
  readonly #file: string;
  readonly #pid: number;
  readonly #metricsPort: number;
  readonly #owner: ProcessRecord['owner'];
  #writing: Promise<void>;
  #identity: ProcessIdentity | undefined;
  #connectorId: string | undefined;
  #isRemoved = false;

  constructor(
    file: string,
    process: { pid: number; metricsPort: number; owner: ProcessRecord['owner'] },
  ) {
    this.#file = file;
    this.#pid = process.pid;
    this.#metricsPort = process.metricsPort;
    this.#owner = process.owner;
    this.#writing = this.#identify();
    // Told by `written` to who asks.
    this.#writing.catch(() => {});
  }

  /** Fails as the last write did. */
  written(): Promise<void> {
    return this.#writing;
  }

  /** Kept for a platform that says too little about processes. */
  noteConnectorId(connectorId: string): void {
    this.#connectorId = connectorId;
    this.#writing = this.#writing.then(() => this.#write());
    this.#writing.catch(() => {});
  }

  /** After the process has ended. */
  async remove(): Promise<void> {
    this.#isRemoved = true;
    // A record that could not be written has been reported by `written`.
    await this.#writing.catch(() => {});
    // What cannot be removed now, the next start removes: by then it is nobody's.
    await removeRecord(this.#file).catch(() => {});
  }

  async #identify(): Promise<void> {
    // First what is known at once, in case the platform takes its time.
    await this.#write();
    this.#identity = await identifyProcess(this.#pid);
    await this.#write();
  }

  async #write(): Promise<void> {
    if (this.#isRemoved) return;
    await writeRecord(this.#file, {
      pid: this.#pid,
      identity: this.#identity,
      metricsPort: this.#metricsPort,
      connectorId: this.#connectorId,
      owner: this.#owner,
    });
  }
}
