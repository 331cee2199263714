import { ChaosProxy, SeededRandom, type Treatment } from '@gravy/testing';
import { acquaint, type Json, PASSWORD, type RpcProcess, Stage } from '../rpc-process.js';

const MAX_BURST = 12;
const PAGE = 500;

/** What the network does. `steady` breaks nothing: only processes end. */
export type Weather = 'steady' | 'chaos';

class Writer {
  readonly name: string;
  readonly peer: string;
  rpc: RpcProcess;
  /** How many texts are in the store for certain: number 0 up to this. */
  stored = 0;
  kills = 0;
  /** All that was told as received, over all lives that are over. */
  readonly told: unknown[] = [];
  /** At how many stored texts the process is killed next, the last one first. */
  readonly killsAt: number[];

  constructor(name: string, peer: string, rpc: RpcProcess, killsAt: readonly number[]) {
    this.name = name;
    this.peer = peer;
    this.rpc = rpc;
    this.killsAt = killsAt.toSorted((left, right) => right - left);
  }

  get allTold(): unknown[] {
    return [...this.told, ...this.rpc.receivedTexts()];
  }
}

/** Two programs in processes of their own that write to each other, and are killed in the midst of it. */
export class ChaosChat {
  readonly #stage: Stage;
  readonly #proxy: ChaosProxy;
  readonly #random: SeededRandom;
  readonly #adasPort: number;
  readonly #ada: Writer;
  readonly #ben: Writer;
  #isOver = false;

  private constructor(parts: {
    stage: Stage;
    proxy: ChaosProxy;
    random: SeededRandom;
    adasPort: number;
    writers: readonly [Writer, Writer];
  }) {
    this.#stage = parts.stage;
    this.#proxy = parts.proxy;
    this.#random = parts.random;
    this.#adasPort = parts.adasPort;
    [this.#ada, this.#ben] = parts.writers;
  }

  /** `texts` each way; `kills` of one or the other, at random. */
  static async open(options: {
    texts: number;
    kills: number;
    seed: number;
    weather: Weather;
  }): Promise<ChaosChat> {
    const random = new SeededRandom(options.seed);
    const stage = new Stage();
    const [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
    const { url } = await ada.rpc.call<{ url: string }>('host.start', { port: 0 });
    const adasPort = Number(new URL(url).port);
    const proxy = await ChaosProxy.before({ port: adasPort }, { seed: options.seed });
    if (options.weather === 'chaos') proxy.treat = () => anyTreatment(random);
    const killsAt: [number[], number[]] = [[], []];
    for (let count = 0; count < options.kills; count += 1) {
      killsAt[random.oneIn(2) ? 0 : 1].push(random.below(options.texts));
    }
    const writers = [
      new Writer('ada', 'ben', ada.rpc, killsAt[0]),
      new Writer('ben', 'ada', ben.rpc, killsAt[1]),
    ] as const;
    const chat = new ChaosChat({ stage, proxy, random, adasPort, writers });
    await ada.rpc.call('host.stop');
    await chat.#enter(chat.#ada);
    return chat;
  }

  /** Until everything has arrived, or has not for a long time: throws then. */
  async run(texts: number): Promise<{ kills: number; connections: number }> {
    const impatient = this.#stayConnected();
    try {
      await Promise.all([this.#write(this.#ada, texts), this.#write(this.#ben, texts)]);
      this.#proxy.treat = () => ({});
      this.#proxy.cut();
      await Promise.all([this.#arrived(this.#ada, texts), this.#arrived(this.#ben, texts)]);
    } finally {
      this.#isOver = true;
      this.#proxy.cut();
      await impatient;
    }
    const kills = this.#ada.kills + this.#ben.kills;
    return { kills, connections: this.#proxy.connections.length };
  }

  /** What each has of the other, in the store and as it was told. */
  async outcome(): Promise<readonly { stored: unknown[]; told: unknown[]; states: unknown[] }[]> {
    return Promise.all(
      [this.#ada, this.#ben].map(async (writer) => {
        const messages = await history(writer);
        return {
          stored: messages.filter(({ direction }) => direction === 'in').map(({ text }) => text),
          states: messages.filter(({ direction }) => direction === 'out').map(({ state }) => state),
          told: writer.allTold,
        };
      }),
    );
  }

  async end(): Promise<void> {
    await this.#stage.end();
    await this.#proxy.close();
  }

  async #write(writer: Writer, texts: number): Promise<void> {
    while (writer.stored < texts) {
      const burst = Math.min(texts - writer.stored, 1 + this.#random.below(MAX_BURST));
      const sent = Array.from({ length: burst }, (_, index) =>
        writer.rpc.call('message.send', {
          contact: writer.peer,
          text: textOf(writer.name, writer.stored + index),
        }),
      );
      const all = Promise.allSettled(sent);
      const isToBeKilled = (writer.killsAt.at(-1) ?? Infinity) < writer.stored + burst;
      if (!isToBeKilled) {
        await Promise.all(sent);
        writer.stored += burst;
        continue;
      }
      writer.killsAt.pop();
      // With some of the burst answered, some under way, some not even read.
      await Promise.all(sent.slice(0, this.#random.below(burst + 1)));
      const answered = await this.#kill(writer, sent);
      await all;
      writer.stored = await this.#storedOf(writer, answered);
    }
  }

  /** Kills and starts again; resolves with how many texts of the burst were known to be stored. */
  async #kill(writer: Writer, sent: readonly Promise<unknown>[]): Promise<number> {
    let answered = 0;
    for (const text of sent) void text.then(() => (answered += 1)).catch(() => undefined);
    await Promise.resolve();
    await writer.rpc.kill();
    writer.kills += 1;
    writer.told.push(...writer.rpc.receivedTexts());
    writer.rpc = this.#stage.rpc(writer.name);
    await writer.rpc.call('account.unlock', { name: writer.name, password: PASSWORD });
    await this.#enter(writer);
    return answered;
  }

  /** How many of its texts are in the store: all that were answered, and nothing but the texts in their order. */
  async #storedOf(writer: Writer, answered: number): Promise<number> {
    const own = (await history(writer)).filter(({ direction }) => direction === 'out');
    const wanted = own.map((_, index) => textOf(writer.name, index));
    const found = own.map(({ text }) => text);
    if (found.join() !== wanted.join() || found.length < writer.stored + answered) {
      throw new Error(`${writer.name} had stored ${writer.stored} + ${answered}: ${found.join()}`);
    }
    return found.length;
  }

  async #enter(writer: Writer): Promise<void> {
    if (writer !== this.#ada) return;
    // Ben hears of no way round the proxy.
    const publicUrl = `ws://127.0.0.1:${this.#proxy.port}`;
    await writer.rpc.call('host.start', { port: this.#adasPort, publicUrl });
  }

  /** Ben dials whenever there is no session: the chaos takes less time than with the program's own patience. */
  async #stayConnected(): Promise<void> {
    const url = `ws://127.0.0.1:${this.#proxy.port}`;
    while (!this.#isOver) {
      const { rpc } = this.#ben;
      const from = rpc.lines.length;
      try {
        const { session } = await rpc.call('session.connect', { url, contact: 'ada' });
        await rpc.event('session.closed', { session }, from);
      } catch {
        // Nobody answered, or the process was killed: once more, when there is one.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  async #arrived(writer: Writer, texts: number): Promise<void> {
    const last = (await history(writer)).findLast(({ direction }) => direction === 'out');
    if (last === undefined || last['text'] !== textOf(writer.name, texts - 1)) {
      throw new Error(`${writer.name} has not stored its last text.`);
    }
    if (last['state'] === 'delivered') return;
    await writer.rpc.event('message.state', { id: last['id'], state: 'delivered' });
  }
}

export function textOf(name: string, number: number): string {
  return `${name} ${number}`;
}

async function history({ rpc, peer }: Writer): Promise<readonly Json[]> {
  const pages: Json[][] = [];
  for (;;) {
    const before = pages[0]?.[0]?.['id'];
    const page = await rpc.call<{ messages: Json[]; more: boolean }>('message.history', {
      contact: peer,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    });
    pages.unshift(page.messages);
    if (!page.more) return pages.flat();
  }
}

function anyTreatment(random: SeededRandom): Treatment {
  const fate = random.pick(['cutAt', 'endAt'] as const);
  const bytes = random.oneIn(5) ? random.below(3_500) : 4_000 + random.below(20_000);
  const stretch = { split: 'random', delayMs: random.below(4) } as const;
  const broken = { ...stretch, [fate]: bytes };
  return random.oneIn(2)
    ? { toServer: broken, toClient: stretch }
    : { toServer: stretch, toClient: broken };
}
