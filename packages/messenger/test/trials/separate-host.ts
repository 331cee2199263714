import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Channel, openChannel, OwnKey, upgradePath } from '@gravy/protocol';
import { dial } from '@gravy/transport';
import type { HostFigures, HostPlan } from './host-process.js';

const programAt = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const PROGRAM = programAt('host-process.ts');
const BARE_PROGRAM = programAt('bare-host-process.ts');
const [HOST_SEED, GUEST_SEED] = [1, 2];
const KIND = 200;

/** A host in a process of its own, and the one guest it knows, who is here. */
export class SeparateHost {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #hostId = OwnKey.fromSeed(new Uint8Array(32).fill(HOST_SEED)).id;
  readonly #guestKey = OwnKey.fromSeed(new Uint8Array(32).fill(GUEST_SEED));

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
  }

  static async start(
    options: {
      limitsThisMachine?: boolean;
      isBehindTunnel?: boolean;
      isUnwatched?: boolean;
      /** Bare `ws` in its place, with which nobody can talk. */
      isBare?: boolean;
    } = {},
  ): Promise<SeparateHost> {
    const { limitsThisMachine = false, isBehindTunnel = false } = options;
    const { isUnwatched = false, isBare = false } = options;
    const plan: HostPlan = {
      hostSeed: HOST_SEED,
      guestSeed: GUEST_SEED,
      limitsThisMachine,
      isBehindTunnel,
      isUnwatched,
    };
    const child = fork(isBare ? BARE_PROGRAM : PROGRAM, [JSON.stringify(plan)], { execArgv: [] });
    const [port] = (await once(child, 'message')) as [number];
    return new SeparateHost(child, port);
  }

  /** Where it takes upgrades. */
  get path(): string {
    return upgradePath(this.#hostId);
  }

  /** A session of the guest, through another port if there is something in between. */
  async connect(port = this.port): Promise<Channel> {
    const connection = await dial(`ws://127.0.0.1:${port}`, { path: this.path });
    return openChannel(connection, {
      role: 'client',
      ownKey: this.#guestKey,
      peerId: this.#hostId,
    });
  }

  async figures(): Promise<HostFigures> {
    const answer = once(this.#process, 'message');
    this.#process.send('figures');
    return ((await answer) as [HostFigures])[0];
  }

  async end(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill();
    await gone;
  }
}

/** Sends a record and waits until the host has given it back; how long that took. */
export async function roundTripMs(
  channel: Channel,
  records: ReturnType<Channel['records'][typeof Symbol.asyncIterator]>,
  body: Uint8Array,
): Promise<number> {
  const sentAt = performance.now();
  await channel.send(KIND, body);
  const { done } = await records.next();
  if (done === true) throw new Error('The session ended.');
  return performance.now() - sentAt;
}
