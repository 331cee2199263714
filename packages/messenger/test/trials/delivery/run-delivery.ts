import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededRandom } from '@gravy/testing';
import type { DeliveryStep } from './delivery-step.js';
import { DeliveryWorld, type Side } from './delivery-world.js';
import { cancel, dial, leave, read, setBlocked, write } from './person-steps.js';

/** Kills are of processes here, not of machines: a file in memory holds what was written as well as a disk. */
const MEMORY = '/dev/shm';
const ROUNDS_TO_MEND = 12;
const MINUTE_MS = 60_000;

export interface DeliveryFigures {
  schedules: number;
  texts: number;
  kills: number;
  cuts: number;
}

/** Runs schedules one after the other, each with fresh accounts. */
export class DeliveryTrials {
  readonly figures: DeliveryFigures = { schedules: 0, texts: 0, kills: 0, cuts: 0 };
  readonly #folder: string;
  /** Two stores in which the two know each other already. */
  readonly #template: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#template = join(folder, 'template');
  }

  static async open(): Promise<DeliveryTrials> {
    const parent = existsSync(MEMORY) ? MEMORY : tmpdir();
    const trials = new DeliveryTrials(mkdtempSync(join(parent, 'gravy-delivery-')));
    mkdirSync(trials.#template);
    const world = await DeliveryWorld.open(trials.#template, () => 0);
    await world.acquaint();
    await world.end();
    return trials;
  }

  /** Lets the two find each other again at the end, and judges. Throws if a text was lost, doubled or disordered. */
  async run(steps: readonly DeliveryStep[]): Promise<void> {
    const folder = join(this.#folder, 'schedule');
    cpSync(this.#template, folder, { recursive: true });
    const random = new SeededRandom(steps.length);
    const world = await DeliveryWorld.open(folder, () => random.below(1_000) / 1_000);
    try {
      dial(world, world.side(0));
      await world.flow();
      for (const step of steps) {
        await act(world, step, this.figures);
        await world.settle();
      }
      await mend(world);
      this.figures.texts += world.judge().texts;
      this.figures.schedules += 1;
    } finally {
      await world.end();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function act(
  world: DeliveryWorld,
  step: DeliveryStep,
  figures: DeliveryFigures,
): Promise<void> {
  switch (step.kind) {
    case 'write':
      write(world, world.side(step.who), step.texts);
      return;
    case 'cancel':
      cancel(world.side(step.who), step.back);
      return;
    case 'read':
      read(world, world.side(step.who));
      return;
    case 'dial':
      dial(world, world.side(step.who));
      return;
    case 'leave':
      leave(world, world.side(step.who));
      return;
    case 'block':
    case 'unblock':
      setBlocked(world, world.side(step.who), step.kind === 'block');
      return;
    case 'kill':
      if (world.side(step.who).life.isDead) return;
      figures.kills += 1;
      world.kill(world.side(step.who), step);
      return;
    case 'restart':
      if (world.side(step.who).life.isDead) await world.restart(world.side(step.who));
      return;
    case 'deliver': {
      const link = world.link(step.link);
      if (link === undefined) return;
      for (let count = 0; count < step.count; count += 1) {
        link.deliver(step.end);
        await world.settle();
      }
      return;
    }
    case 'cut':
      if (world.link(step.link) !== undefined) figures.cuts += 1;
      world.link(step.link)?.cut();
      return;
    case 'notice':
      world.link(step.link)?.notice(step.end);
      return;
    case 'flow':
      await world.flow();
      return;
    case 'turn':
      await world.turn();
      return;
    case 'wait':
      world.clock.advance(step.ms);
      return;
    case 'sleep':
      world.clock.sleep(step.ms);
      world.clock.advance(10_000);
      return;
    case 'set clock':
      world.clock.set(step.ms);
      return;
    default:
      step satisfies never;
  }
}

/** Everybody is there and wants to be, the network carries again, and time passes. */
async function mend(world: DeliveryWorld): Promise<void> {
  for (const side of world.sides) {
    if (side.life.isDead) await world.restart(side);
    setBlocked(world, side, false);
  }
  await world.turn();
  for (let round = 0; round < ROUNDS_TO_MEND; round += 1) {
    world.noticeAll();
    await world.flow();
    if (world.sides.every((side) => isFinished(world, side))) return;
    // Sometimes they find each other by themselves, sometimes one of them has to ask for it.
    if (round % 2 === 1) dial(world, world.side(round % 4 === 1 ? 0 : 1));
    await world.flow();
    world.clock.advance(MINUTE_MS);
  }
}

function isFinished(world: DeliveryWorld, side: Side): boolean {
  return world
    .messages(side)
    .every(({ direction, state }) => direction === 'in' || !['queued', 'sent'].includes(state));
}
