import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Identity } from '@gravy/identity';
import { createIdentityFile } from '@gravy/identity/file';
import { Home } from '../src/account/home.js';
import type { EventName, GravyEvent } from '../src/api/events.js';
import type { TunnelSettings } from '../src/account/tunnels.js';
import { type Gravy, openGravy } from '../src/gravy.js';

const EVENT_DEADLINE_MS = 15_000;
export const PASSWORD = 'correct horse';

type ParamsOfEvent<N extends EventName> = Extract<GravyEvent, { method: N }>['params'];

/** Gravy over the real libraries, in this process, with every event it told so far. */
export class Program {
  readonly gravy: Gravy;
  readonly events: GravyEvent[] = [];
  #arrived: (() => void)[] = [];

  private constructor(gravy: Gravy) {
    this.gravy = gravy;
    gravy.onEvent((event) => {
      this.events.push(event);
      for (const resolve of this.#arrived.splice(0)) resolve();
    });
  }

  static async open(home: string, tunnels: TunnelSettings = {}): Promise<Program> {
    return new Program(await openGravy({ home, tunnels }));
  }

  readonly call: Gravy['call'] = (method, params) => this.gravy.call(method, params);

  eventsOf<N extends EventName>(method: N): ParamsOfEvent<N>[] {
    const found = this.events.filter((event) => event.method === method);
    return found.map(({ params }) => params as ParamsOfEvent<N>);
  }

  /** The texts of all incoming messages so far, in the order in which they were told. */
  receivedTexts(): unknown[] {
    return this.eventsOf('message.received').map(({ message }) => message.text);
  }

  /** The first event of this name that fits, now or later. */
  async event<N extends EventName>(
    method: N,
    fits: (params: ParamsOfEvent<N>) => boolean = () => true,
  ): Promise<ParamsOfEvent<N>> {
    const deadline = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const seen = this.events.map((event) => JSON.stringify(event).slice(0, 200)).join('\n');
      deadline.reject(new Error(`${method} did not come. What came:\n${seen}`));
    }, EVENT_DEADLINE_MS);
    try {
      for (;;) {
        const found = this.eventsOf(method).find(fits);
        if (found !== undefined) return found;
        const arrival = new Promise<void>((resolve) => this.#arrived.push(resolve));
        await Promise.race([arrival, deadline.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whatever comes next. */
  nextEvent(): Promise<void> {
    return new Promise((resolve) => this.#arrived.push(resolve));
  }

  received(text: string): Promise<ParamsOfEvent<'message.received'>> {
    return this.event('message.received', ({ message }) => message.text === text);
  }

  delivered(id: string): Promise<ParamsOfEvent<'message.state'>> {
    return this.event('message.state', (told) => told.id === id && told.state === 'delivered');
  }
}

/** Somebody with an account, in a home of their own. */
export interface Person {
  readonly name: string;
  readonly id: string;
  readonly home: string;
  readonly program: Program;
}

/** Folders and programs of a test, all gone at its end. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'gravy-messenger-'));
  readonly #tunnels: TunnelSettings;
  readonly #programs: Program[] = [];

  constructor(tunnels: TunnelSettings = {}) {
    this.#tunnels = tunnels;
  }

  home(name: string): string {
    return join(this.folder, name);
  }

  async program(name: string, tunnels = this.#tunnels): Promise<Program> {
    const program = await Program.open(this.home(name), tunnels);
    this.#programs.push(program);
    return program;
  }

  async person(name: string): Promise<Person> {
    const program = await this.program(name);
    const { id } = await program.call('account.create', { name, password: PASSWORD });
    return { name, id, home: this.home(name), program };
  }

  /** The same with an account from before, whose password costs the test no time. */
  async quickPerson(name: string): Promise<Person> {
    const { folder, identity: path } = new Home(this.home(name)).paths(name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const identity = Identity.generate();
    await createIdentityFile(path, identity, PASSWORD, { cost: { N: 2, r: 1, p: 1 } });
    identity.erase();
    const program = await this.program(name);
    const { id } = await program.call('account.unlock', { name, password: PASSWORD });
    return { name, id, home: this.home(name), program };
  }

  async end(): Promise<void> {
    await Promise.all(this.#programs.map(({ gravy }) => gravy.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function acquaint(left: Person, right: Person): Promise<void> {
  await left.program.call('contact.add', { id: right.id, name: right.name });
  await right.program.call('contact.add', { id: left.id, name: left.name });
}
