import { SeededRandom } from '@gravy/testing';
import { expect, it } from 'vitest';
import { MessengerError } from '../../src/errors.js';
import { turns } from '../core-parts.js';
import { HandWire } from './hand-wire.js';
import { WiredPeople, type WiredPerson } from './wired-people.js';

const SIZES = { empty: 0, small: 5_000, some: 800_000, many: 6_000_000 };
const NAMES = Object.keys(SIZES);
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const ROUND_BYTES = 2 ** 20;

/** Ada sends Ben files while sessions come, go and replace each other, disks are slow and full, and both restart. */
class Muddle {
  readonly #people: WiredPeople & Record<'ada' | 'ben', WiredPerson>;
  readonly #random: SeededRandom;
  #wires: HandWire[] = [];
  /** Ends of wires that the other side knows to be open, and this one does not yet. */
  #halfOpen: (() => void)[] = [];
  #held: (readonly [step: 'append' | 'finish', name: string])[] = [];
  #ids: string[] = [];

  constructor(people: WiredPeople & Record<'ada' | 'ben', WiredPerson>, seed: number) {
    this.#people = people;
    this.#random = new SeededRandom(seed);
  }

  async begin(): Promise<void> {
    const { ada, ben } = this.#people;
    this.#connect();
    for (const [name, size] of Object.entries(SIZES)) {
      this.#ids.push(await ada.offer(ben, name, size));
    }
  }

  async act(): Promise<void> {
    const chance = this.#random.below(100);
    if (chance < 60) this.#pass();
    else if (chance < 74) this.#connect();
    else if (chance < 77) this.#anyWire()?.cut();
    else if (chance < 84) this.#halfOpen.shift()?.();
    else if (chance < 90) this.#hold();
    else if (chance < 95) this.#letGo(this.#held.splice(0, 1));
    else if (chance < 96) this.#fillDisk();
    else if (chance < 98) void this.#makeRoom();
    else await this.#restart();
    await turns(this.#random.below(5));
  }

  /** Nothing is in the way any more: what each side thinks of each file in the end. */
  async end(): Promise<string[]> {
    const { ada, ben } = this.#people;
    const isDone = (): boolean =>
      this.#ids.every((id) => ada.stateOf(id) === 'done' && ben.stateOf(id) === 'done');
    this.#letGo(this.#held.splice(0));
    for (;;) {
      for (const open of this.#halfOpen.splice(0)) open();
      await this.#people.settle();
      if (this.#openWires().length > 0) break;
      this.#connect();
    }
    await this.#makeRoom();
    await this.#people.carry(this.#openWires(), ROUND_BYTES, isDone);
    return this.#ids.map((id) => `${ada.stateOf(id)} ${ben.stateOf(id)}`);
  }

  #openWires(): HandWire[] {
    return this.#wires.filter(({ ends }) => ends.some(({ hasEnded }) => !hasEnded));
  }

  #anyWire(): HandWire | undefined {
    const wires = this.#openWires();
    return wires[this.#random.below(Math.max(1, wires.length))];
  }

  #anyName(): string {
    return this.#random.pick(NAMES);
  }

  #pass(): void {
    const wire = this.#anyWire();
    const end = wire?.ends[this.#random.below(2)];
    if (end === undefined) return;
    for (let count = this.#random.below(4); count >= 0; count -= 1) wire?.pass(end);
  }

  /** Whoever hosts, and whoever knows of it first. */
  #connect(): void {
    const { ada, ben } = this.#people;
    const [host, guest] = this.#random.oneIn(2) ? [ada, ben] : [ben, ada];
    const wire = new HandWire([host.id, guest.id]);
    this.#wires.push(wire);
    const [first, second] = this.#random.oneIn(2) ? [host, guest] : [guest, host];
    first.opens(wire, second);
    const open = (): void => void second.opens(wire, first);
    if (this.#random.oneIn(2)) open();
    else this.#halfOpen.push(open);
  }

  #hold(): void {
    const held = [this.#random.pick(['append', 'finish'] as const), this.#anyName()] as const;
    this.#people.ben.files.hold(...held);
    this.#held.push(held);
  }

  #letGo(held: readonly (readonly ['append' | 'finish', string])[]): void {
    for (const one of held) this.#people.ben.files.letGo(...one);
  }

  #fillDisk(): void {
    const full = new MessengerError('disk_full', 'Make room.');
    this.#people.ben.files.breakIt('append', this.#anyName(), full);
  }

  /** And asks for what has stopped because of that. */
  async #makeRoom(): Promise<void> {
    const { ben } = this.#people;
    for (const name of NAMES) ben.files.mend('append', name);
    const { desk } = ben.account.files;
    const stopped = desk
      .list({ limit: 100 })
      .filter(({ state, reason }) => state === 'paused' && reason !== undefined);
    // One may have arrived, or its session ended, meanwhile.
    await Promise.all(stopped.map(({ id }) => desk.accept({ id }).catch(() => undefined)));
  }

  async #restart(): Promise<void> {
    const { ada, ben } = this.#people;
    for (const wire of this.#wires) wire.cut();
    this.#letGo(this.#held.splice(0)); // a held disk would hold the old process, too
    this.#halfOpen = [];
    await (this.#random.oneIn(2) ? ada : ben).restart();
  }
}

it.each(SEEDS)(
  'every file arrives once, whatever happens on the way (seed %i)',
  async (seed) => {
    const people = await WiredPeople.meet('ada', 'ben');
    try {
      const muddle = new Muddle(people, seed);
      await muddle.begin();
      // Few, so that what goes wrong is not mended by the next session.
      for (let count = 10 + ((seed * 7) % 50); count > 0; count -= 1) await muddle.act();
      const states = await muddle.end();
      expect(states).toEqual(NAMES.map(() => 'done done'));
      expect(people.ben.files.placings).toBe(NAMES.length);
    } finally {
      await people.end();
    }
  },
  120_000,
);
