import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryStore, openHistory } from '@gravy/history';
import { encodeId } from '@gravy/identity';
import { OwnKey } from '@gravy/protocol';
import { ChaosProxy, SeededRandom, type Stretch, type Treatment } from '@gravy/testing';
import { identityText, signerOf } from '../../src/account/identity-ports.js';
import { createNetwork } from '../../src/account/network.js';
import { systemClock } from '../../src/account/system-clock.js';
import { Account } from '../../src/core/account.js';
import { Ledger } from './delivery/ledger.js';
import { machineParts } from '../machine-parts.js';

/** Pauses between attempts are this much shorter than for people. */
const HASTE = 400;
const PAGE = 1_000_000;
const HALF_OPEN_MS = 20;

interface Chatter {
  readonly name: string;
  readonly key: OwnKey;
  readonly store: HistoryStore;
  readonly account: Account;
  readonly ledger: Ledger;
  readonly written: string[];
}

/**
 * Two messengers in this process over real sockets and stores, a network between them that breaks, and
 * a guest who comes back by itself each time.
 */
export class ProxiedChat {
  readonly ada: Chatter;
  readonly ben: Chatter;
  readonly proxy: ChaosProxy;
  sessions = 0;
  readonly #folder: string;
  #changed: () => void = () => undefined;

  private constructor(folder: string, chatters: readonly [Chatter, Chatter], proxy: ChaosProxy) {
    this.#folder = folder;
    [this.ada, this.ben] = chatters;
    this.proxy = proxy;
    for (const each of chatters) {
      each.account.events.onEvent((event) => {
        each.ledger.hear(event);
        if (each === this.ben && event.method === 'session.opened') this.sessions += 1;
        this.#changed();
      });
    }
  }

  static async open(seed: number): Promise<ProxiedChat> {
    const folder = mkdtempSync(join(tmpdir(), 'gravy-chaos-'));
    const [ada, ben] = [chatter(folder, 'ada', 1), chatter(folder, 'ben', 2)];
    const hosted = await ada.account.hosting.host.start({
      port: 0,
      hostname: '127.0.0.1',
      policy: 'contacts',
      tunnel: 'none',
    });
    const proxy = await ChaosProxy.before({ port: Number(new URL(hosted.url).port) }, { seed });
    const url = `ws://127.0.0.1:${proxy.port}`;
    await ada.account.hosting.host.stop();
    // Ben hears of no way round the proxy.
    const { port } = new URL(hosted.url);
    const at = { hostname: '127.0.0.1', policy: 'contacts', tunnel: 'none' } as const;
    const options = { ...at, publicUrl: url };
    await ada.account.hosting.host.start({ port: Number(port), ...options });
    await ada.account.desk.add({ id: encodeId(ben.key.id), name: 'ben' });
    await ben.account.desk.add({ id: encodeId(ada.key.id), name: 'ada', url });
    return new ProxiedChat(folder, [ada, ben], proxy);
  }

  /** Both write, the network breaks every few texts in another way, and this goes on for so many sessions. */
  async run(options: { sessions: number; seed: number }): Promise<{ texts: number }> {
    const random = new SeededRandom(options.seed);
    this.proxy.treat = () => anyTreatment(random);
    void this.#endHalfOpen();
    this.ben.account.dialling.reconnector.begin(encodeId(this.ada.key.id));
    while (this.sessions < options.sessions) {
      await Promise.all([this.#write(this.ada), this.#write(this.ben)]);
      await this.#change(() => this.#waiting() < 40);
    }
    this.proxy.treat = () => ({});
    this.proxy.cut();
    await this.#change(() => this.#waiting() === 0);
    return { texts: this.ada.written.length + this.ben.written.length };
  }

  /** What is wrong with what the two have now. */
  faults(): string[] {
    return [
      ...compare(this.ada, this.ben),
      ...compare(this.ben, this.ada),
      ...this.ada.ledger.faults,
      ...this.ben.ledger.faults,
    ];
  }

  async end(): Promise<void> {
    await Promise.all([this.ada.account.close(), this.ben.account.close()]);
    await this.proxy.close();
    this.ada.store.close();
    this.ben.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #write(from: Chatter): Promise<void> {
    const contact = from === this.ada ? 'ben' : 'ada';
    const text = `${from.name} ${from.written.length}`;
    const { id } = await from.account.delivery.conversations.send({ contact, text });
    from.written.push(id);
  }

  #waiting(): number {
    const { ada, ben } = this;
    const written = ada.written.length + ben.written.length;
    return written - ada.ledger.delivered.size - ben.ledger.delivered.size;
  }

  async #change(until: () => boolean): Promise<void> {
    while (!until()) await new Promise<void>((resolve) => (this.#changed = resolve));
  }

  /** A half-open connection is noticed after 75 s of silence; for the figures it ends sooner. */
  async #endHalfOpen(): Promise<void> {
    for (let index = 0; ; index += 1) {
      const connection = await this.proxy.connection(index);
      void connection.halted.then(() => setTimeout(() => connection.cut(), HALF_OPEN_MS));
    }
  }
}

function chatter(folder: string, name: string, seedByte: number): Chatter {
  const key = OwnKey.fromSeed(new Uint8Array(32).fill(seedByte));
  const path = join(folder, `${name}.db`);
  const store = openHistory({ path, key: new Uint8Array(32).fill(seedByte) });
  const account = new Account({
    ownId: encodeId(key.id),
    profileName: name,
    store,
    text: identityText,
    signer: signerOf(key),
    network: createNetwork(key),
    ...machineParts(join(folder, name), store),
    clock: {
      ...systemClock,
      after: (delayMs, task) => systemClock.after(delayMs / HASTE, task),
    },
  });
  return { name, key, store, account, ledger: new Ledger(), written: [] };
}

/** Some connections are cut during the upgrade or the handshake, most after some records, some fall silent. */
function anyTreatment(random: SeededRandom): Treatment {
  const fate = random.pick(['cutAt', 'cutAt', 'endAt', 'haltAt'] as const);
  const stretch = random.pick<Stretch>([
    {},
    { delayMs: random.below(4) },
    { split: 'random', delayMs: random.below(4) },
    { split: 'single bytes' },
  ]);
  const records = stretch.split === 'single bytes' ? 3_000 : 20_000;
  const atByte = random.oneIn(4) ? random.below(3_500) : 3_000 + random.below(records);
  const broken = { ...stretch, [fate]: atByte };
  return random.oneIn(2)
    ? { toServer: broken, toClient: stretch }
    : { toServer: stretch, toClient: broken };
}

/** Whether all that one wrote is with the other, once and in order. */
function compare(from: Chatter, to: Chatter): string[] {
  const { messages } = to.store.messages.page({ contact: from.key.id, limit: PAGE });
  const arrived = messages.filter(({ direction }) => direction === 'in').map(({ text }) => text);
  const wanted = from.written.map((_, index) => `${from.name} ${index}`);
  return arrived.join() === wanted.join()
    ? []
    : [`${from.name} wrote ${wanted.length} texts, and ${to.name} has ${arrived.length} or others`];
}
