import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { acquaint, PASSWORD, type Person, Stage } from '../rpc-process.js';
import { CountingWire } from './counting-wire.js';

const PIECE_BYTES = 2 ** 20;
/** After a kill both hash what is there, a gigabyte, before anything goes on: on a busy machine that takes a while. */
const HASHED_WITHIN_MS = 300_000;

export interface KillFigures {
  /** Of all that passed, what was more than the file. */
  readonly twiceBytes: number;
  readonly kills: number;
}

/** Ada sends Ben files while both are killed, as real processes. */
export class FileKills {
  readonly #stage: Stage;
  readonly #people: Record<'ada' | 'ben', Person>;
  readonly #port: number;
  readonly #wire: CountingWire;
  #files = 0;

  private constructor(options: {
    stage: Stage;
    people: { ada: Person; ben: Person };
    port: number;
    wire: CountingWire;
  }) {
    this.#stage = options.stage;
    this.#people = options.people;
    this.#port = options.port;
    this.#wire = options.wire;
  }

  static async open(): Promise<FileKills> {
    const stage = new Stage();
    const [ada, ben] = [await stage.person('ada'), await stage.person('ben')];
    await acquaint(ada, ben);
    const { url } = await ada.rpc.call<{ url: string }>('host.start', { port: 0 });
    const port = Number(new URL(url).port);
    const wire = await CountingWire.before(port);
    await ben.rpc.call('session.connect', { url: wire.url, contact: 'ada' });
    return new FileKills({ stage, people: { ada, ben }, port, wire });
  }

  /** One file, with a kill each time that so many bytes have passed. */
  async send(
    sizeBytes: number,
    kills: readonly (readonly ['ada' | 'ben', number])[],
  ): Promise<KillFigures> {
    const number = (this.#files += 1);
    const { folder } = this.#stage;
    const path = join(folder, `file-${number}`);
    const expected = await writeNoise(path, sizeBytes, number);
    const directory = join(folder, `received-${number}`);
    mkdirSync(directory);
    const from = this.#people.ben.rpc.lines.length;
    const { id } = await this.#people.ada.rpc.call<{ id: string }>('file.send', {
      contact: 'ben',
      path,
    });
    await this.#people.ben.rpc.line(
      ({ method, params }) =>
        method === 'file.offered' && (params?.['file'] as { id?: unknown } | undefined)?.id === id,
      from,
    );
    const before = this.#wire.bytes;
    await this.#people.ben.rpc.call('file.accept', { id, directory });
    for (const [who, bytes] of kills) {
      await this.#wire.passed(before + bytes);
      await this.#killAndRestart(who);
    }
    await this.#done('ben', id);
    await this.#done('ada', id);
    const names = readdirSync(directory);
    if (names.join() !== `file-${number}`) throw new Error(`There is ${names.join()} instead.`);
    const received = await hashOf(join(directory, `file-${number}`));
    if (received !== expected) throw new Error('What arrived is not what was sent.');
    return { twiceBytes: this.#wire.bytes - before - sizeBytes, kills: kills.length };
  }

  async end(): Promise<void> {
    this.#wire.close();
    await this.#stage.end();
  }

  async #killAndRestart(who: 'ada' | 'ben'): Promise<void> {
    const person = this.#people[who];
    await person.rpc.kill();
    const rpc = this.#stage.rpc(who);
    await rpc.call('account.unlock', { name: who, password: PASSWORD });
    this.#people[who] = { ...person, rpc };
    if (who === 'ada') await rpc.call('host.start', { port: this.#port });
    const { ben } = this.#people;
    await ben.rpc.call('session.connect', { url: this.#wire.url, contact: 'ada' });
  }

  /** Asked for rather than waited for: a kill may fall between the end and its event. */
  async #done(who: 'ada' | 'ben', id: string): Promise<void> {
    for (;;) {
      const { rpc } = this.#people[who];
      const seen = rpc.lines.length;
      const files = await rpc.call<{ id: string; state: string; reason?: string }[]>('file.list');
      const file = files.find((one) => one.id === id);
      if (file?.state === 'done') return;
      if (file?.state === 'failed' || file?.state === 'cancelled') {
        throw new Error(`It ended at ${who}: ${file.reason ?? ''}`);
      }
      await rpc.line(({ method }) => method?.startsWith('file.') === true, seen, HASHED_WITHIN_MS);
    }
  }
}

async function writeNoise(path: string, sizeBytes: number, seed: number): Promise<string> {
  const hash = createHash('sha256');
  const file: FileHandle = await open(path, 'w');
  const piece = Buffer.alloc(PIECE_BYTES);
  let block = createHash('sha512').update(`${seed}`).digest();
  for (let offset = 0; offset < piece.length; offset += block.length) {
    block.copy(piece, offset);
    block = createHash('sha512').update(block).digest();
  }
  for (let offset = 0; offset < sizeBytes; offset += piece.length) {
    piece.writeUInt32BE(offset / PIECE_BYTES, 0);
    const part = piece.subarray(0, Math.min(piece.length, sizeBytes - offset));
    hash.update(part);
    await file.write(part);
  }
  await file.close();
  return hash.digest('hex');
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
