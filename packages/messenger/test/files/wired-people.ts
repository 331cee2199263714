import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryStore, openHistory } from '@gravy/history';
import { encodeId } from '@gravy/identity';
import { OwnKey } from '@gravy/protocol';
import { identityText, signerOf } from '../../src/account/identity-ports.js';
import type { FileInfo } from '../../src/api/schemas.js';
import { Account } from '../../src/core/account.js';
import type { Session } from '../../src/core/sessions/session-registry.js';
import { turns } from '../core-parts.js';
import { HandClock } from '../hand-clock.js';
import { machineParts } from '../machine-parts.js';
import { type HandEnd, HandWire } from './hand-wire.js';
import { MemoryFiles } from './memory-files.js';

/** Enough for what one record sets off: a few writes of the store, each of a turn. */
const TURNS = 12;
const NO_NETWORK = {
  connect: () => Promise.reject(new Error('No network is part of this test.')),
  listen: () => Promise.reject(new Error('No network is part of this test.')),
  proximityOf: () => 'loopback' as const,
};

/** An account over a real store, whose files are in memory and whose sessions are made by hand. */
export class WiredPerson {
  readonly name: string;
  readonly id: Uint8Array;
  readonly textId: string;
  readonly files = new MemoryFiles();
  readonly clock: HandClock;
  readonly store: HistoryStore;
  /** The files that are there, by id, as this side was told. */
  readonly completed = new Set<string>();
  readonly #key: OwnKey;
  #account: Account;

  constructor(options: { name: string; seedByte: number; folder: string; clock: HandClock }) {
    const { name, seedByte, folder, clock } = options;
    this.name = name;
    this.clock = clock;
    this.#key = OwnKey.fromSeed(new Uint8Array(32).fill(seedByte));
    this.id = this.#key.id;
    this.textId = encodeId(this.id);
    const key = new Uint8Array(32).fill(seedByte);
    this.store = openHistory({ path: join(folder, `${name}.db`), key });
    this.#account = this.#open();
  }

  get account(): Account {
    return this.#account;
  }

  /** As a new process finds what is stored. */
  async restart(): Promise<void> {
    await this.#account.close();
    this.#account = this.#open();
  }

  async knows(other: WiredPerson): Promise<void> {
    await this.account.contacts.add({ id: other.textId, name: other.name });
  }

  /** The session of one end of a wire. */
  opens(wire: HandWire, other: WiredPerson): Session {
    const channel = wire.ends.find(({ peerId }) => Buffer.compare(peerId, other.id) === 0);
    if (channel === undefined) throw new Error('That wire leads to somebody else.');
    return this.account.sessions.open({
      contact: other.textId,
      role: channel.role === 'server' ? 'host' : 'guest',
      channel,
      remote: '127.0.0.1',
      proximity: 'loopback',
      tunnel: false,
    });
  }

  async offer(to: WiredPerson, name: string, size: number): Promise<string> {
    const path = this.files.write(name, size);
    return (await this.account.files.desk.send({ contact: to.name, path })).id;
  }

  stateOf(id: string): FileInfo['state'] | undefined {
    return this.file(id)?.state;
  }

  file(id: string): FileInfo | undefined {
    return this.account.files.desk.list({ limit: 10_000 }).find((file) => file.id === id);
  }

  async end(): Promise<void> {
    await this.#account.close();
    this.store.close();
    this.#key.erase();
  }

  #open(): Account {
    const account = new Account({
      ownId: this.textId,
      profileName: this.name,
      store: this.store,
      text: identityText,
      signer: signerOf(this.#key),
      network: NO_NETWORK,
      ...machineParts('/received', this.store),
      files: this.files,
      clock: this.clock,
    });
    account.events.onEvent(({ method, params }) => {
      if (method === 'file.completed') this.completed.add(params.id);
    });
    return account;
  }
}

/** People between whom every record is passed on by the test. */
export class WiredPeople {
  readonly clock = new HandClock();
  readonly #folder = mkdtempSync(join(tmpdir(), 'gravy-wired-'));
  readonly #people: WiredPerson[] = [];

  /** All know each other, and take every file without being asked. */
  static async meet<N extends string>(
    ...names: N[]
  ): Promise<WiredPeople & Record<N, WiredPerson>> {
    const people = new WiredPeople();
    for (const name of names) people.#add(name);
    for (const person of people.#people) {
      const others = people.#people.filter((other) => other !== person);
      for (const other of others) await person.knows(other);
      const autoAccept = Object.fromEntries(others.map(({ textId }) => [textId, 2 ** 50]));
      await person.account.settings.change({ autoAccept });
    }
    const byName = Object.fromEntries(people.#people.map((person) => [person.name, person]));
    return Object.assign(people, byName as Record<N, WiredPerson>);
  }

  /** A session, open at both ends. */
  connect(host: WiredPerson, guest: WiredPerson): HandWire {
    const wire = new HandWire([host.id, guest.id]);
    host.opens(wire, guest);
    guest.opens(wire, host);
    return wire;
  }

  /** Lets all happen that does not need another record. */
  async settle(): Promise<void> {
    await turns(TURNS);
  }

  /**
   * Passes records on both ways over all of the wires, in rounds of `bytes` each way and a millisecond, until `isDone`, or
   * nothing moves any more; whether it is done.
   */
  async carry(wires: readonly HandWire[], bytes: number, isDone: () => boolean): Promise<boolean> {
    const owed = new Map<HandEnd, number>();
    for (let still = 0; still < 3; still += 1) {
      await this.settle();
      for (const wire of wires) {
        for (const end of wire.ends) {
          let left = bytes - (owed.get(end) ?? 0);
          while (left > 0) {
            const passed = wire.pass(end);
            if (passed === 0) break;
            still = 0;
            left -= passed;
          }
          // A long record takes several rounds.
          owed.set(end, Math.max(0, -left));
          if (left <= 0) still = 0;
        }
      }
      this.clock.advance(1);
      if (isDone()) return true;
    }
    return isDone();
  }

  async end(): Promise<void> {
    for (const person of this.#people) await person.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #add(name: string): void {
    const seedByte = this.#people.length + 1;
    this.#people.push(new WiredPerson({ name, seedByte, folder: this.#folder, clock: this.clock }));
  }
}
