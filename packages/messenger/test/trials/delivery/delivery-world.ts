import { join } from 'node:path';
import { encodeId } from '@gravy/identity';
import { OwnKey } from '@gravy/protocol';
import type { StoredMessage } from '../../../src/core/ports/store.js';
import { idToText } from '../../../src/core/delivery/text-ids.js';
import { HandClock } from '../../hand-clock.js';
import { Ledger } from './ledger.js';
import { MortalAccount } from './mortal-account.js';
import { ScheduledNetwork } from './scheduled-network.js';
import type { ScheduledLink } from './scheduled-link.js';

const PAGE = 100_000;
/** A call or a record has had all its consequences that need no turn of the event loop after so many microtasks. */
const MICROTASKS = 60;
const TURNS_TO_REST = 3;

/** A person, and the program they run now. */
export interface Side {
  readonly name: string;
  readonly key: OwnKey;
  readonly id: string;
  readonly url: string;
  readonly ledger: Ledger;
  life: MortalAccount;
  lives: number;
  written: number;
}

/** Two people, their programs, and all that is between them. */
export class DeliveryWorld {
  readonly sides: readonly [Side, Side];
  readonly clock: HandClock;
  readonly #network: ScheduledNetwork;
  readonly #folder: string;
  readonly #dead: MortalAccount[] = [];

  private constructor(
    folder: string,
    sides: readonly [Side, Side],
    parts: { clock: HandClock; network: ScheduledNetwork },
  ) {
    this.#folder = folder;
    this.sides = sides;
    this.clock = parts.clock;
    this.#network = parts.network;
  }

  /** Two people with the stores that are in `folder`, or with new ones. */
  static async open(folder: string, chance: () => number): Promise<DeliveryWorld> {
    const parts = { clock: new HandClock({ chance }), network: new ScheduledNetwork() };
    const side = async (name: string, index: number): Promise<Side> => {
      const key = OwnKey.fromSeed(new Uint8Array(32).fill(index + 1));
      const ledger = new Ledger();
      const url = `ws://127.0.0.1:${1_001 + index}`;
      const life = await start(storePath(folder, name, 0), { name, key, url, ledger, ...parts });
      return { name, key, id: encodeId(key.id), url, ledger, life, lives: 1, written: 0 };
    };
    return new DeliveryWorld(folder, [await side('ada', 0), await side('ben', 1)], parts);
  }

  /** From now on they know each other, and tell what they have read. */
  async acquaint(): Promise<void> {
    for (const side of this.sides) {
      const { id, name, url } = this.peer(side);
      await side.life.account.settings.change({ readReceipts: true });
      await side.life.account.desk.add({ id, name, url });
    }
  }

  side(who: number): Side {
    return this.sides[who === 0 ? 0 : 1];
  }

  peer(side: Side): Side {
    return this.sides[0] === side ? this.sides[1] : this.sides[0];
  }

  /** The oldest link is number 0. */
  link(index: number): ScheduledLink | undefined {
    return this.#network.links[index];
  }

  kill(side: Side, options: { isCut: boolean }): void {
    side.life.kill(storePath(this.#folder, side.name, side.lives), options);
    side.lives += 1;
    this.#dead.push(side.life);
  }

  async restart(side: Side): Promise<void> {
    const { name, key, url, ledger, lives } = side;
    const path = storePath(this.#folder, name, lives - 1);
    const parts = { clock: this.clock, network: this.#network };
    side.life = await start(path, { name, key, url, ledger, ...parts });
    this.#check(side, 'after a restart');
    this.#check(this.peer(side), 'after a restart of the other');
  }

  /** No turn of the event loop: nothing is committed. */
  async settle(): Promise<void> {
    for (let index = 0; index < MICROTASKS; index += 1) await Promise.resolve();
  }

  async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.settle();
  }

  /** Delivers everything until nothing happens any more. */
  async flow(): Promise<void> {
    for (let atRest = 0; atRest < TURNS_TO_REST; atRest += 1) {
      for (const link of this.#network.links) {
        for (const end of ['client', 'server'] as const) {
          while (link.deliver(end)) atRest = 0;
        }
      }
      await this.turn();
    }
  }

  noticeAll(): void {
    for (const link of this.#network.links) {
      link.notice('client');
      link.notice('server');
    }
  }

  /** All that one side has of the conversation, oldest first. */
  messages(side: Side): readonly StoredMessage[] {
    const contact = this.peer(side).key.id;
    return side.life.store.messages.page({ contact, limit: PAGE }).messages;
  }

  /** What must hold at any time, as far as the two stores show it. */
  #check(side: Side, when: string): void {
    const own = new Set(outgoing(this.messages(side)).map(({ id }) => idToText(id)));
    const { promised, faults } = side.ledger;
    for (const id of promised) if (!own.has(id)) faults.push(`${when}, a stored text is gone`);
    const peer = this.peer(side);
    if (peer.life.isDead) return;
    const there = new Set(incoming(this.messages(peer)).map(({ id }) => idToText(id)));
    for (const id of side.ledger.delivered) {
      if (!there.has(id)) faults.push(`${when}, a text counts as delivered that the peer has not`);
    }
    for (const id of there) {
      if (!own.has(id)) faults.push(`${when}, the peer has a text that its writer has not stored`);
      if (side.ledger.cancelled.has(id)) faults.push(`${when}, a cancelled text has arrived`);
    }
  }

  /** What must hold once the two have had time and a connection. Throws if it does not. */
  judge(): { texts: number } {
    let texts = 0;
    for (const side of this.sides) {
      this.#check(side, 'at the end');
      const { faults } = side.ledger;
      const sent = outgoing(this.messages(side)).filter(({ state }) => state !== 'cancelled');
      const arrived = incoming(this.messages(this.peer(side)));
      if (sent.map(idOf).join() !== arrived.map(idOf).join()) {
        faults.push(
          `${side.name} wrote ${sent.map(show).join(' ')}, there are ${arrived.map(show).join(' ')}`,
        );
      }
      for (const { state } of sent) {
        if (state !== 'delivered' && state !== 'read') faults.push(`a text is still ${state}`);
      }
      texts += arrived.length;
    }
    const faults = this.sides.flatMap(({ name, ledger }) =>
      ledger.faults.map((fault) => `${name}: ${fault}`),
    );
    if (faults.length > 0) throw new Error([...new Set(faults)].join('\n'));
    return { texts };
  }

  async end(): Promise<void> {
    this.#network.end();
    for (let turns = 0; turns < TURNS_TO_REST; turns += 1) await this.turn();
    for (const life of [...this.#dead, ...this.sides.map((side) => side.life)]) life.dispose();
  }
}

function storePath(folder: string, name: string, life: number): string {
  return join(folder, `${name}-${life}.db`);
}

function start(
  path: string,
  side: {
    name: string;
    key: OwnKey;
    url: string;
    ledger: Ledger;
    clock: HandClock;
    network: ScheduledNetwork;
  },
): Promise<MortalAccount> {
  const { key: ownKey, ledger, ...rest } = side;
  return MortalAccount.start(path, { ...rest, ownKey, onEvent: (event) => ledger.hear(event) });
}

function outgoing(messages: readonly StoredMessage[]): StoredMessage[] {
  return messages.filter(({ direction }) => direction === 'out');
}

function incoming(messages: readonly StoredMessage[]): StoredMessage[] {
  return messages.filter(({ direction }) => direction === 'in');
}

function idOf({ id }: StoredMessage): string {
  return idToText(id);
}

function show({ text, state }: StoredMessage): string {
  return `${text}(${state})`;
}
