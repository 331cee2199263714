import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileInfo } from '../../src/api/schemas.js';
import { acquaint, type Person, Stage } from '../chat-people.js';

/** Ada, who hosts, and Ben, each with a folder of files of their own. */
export class FilePeople {
  readonly stage: Stage;
  readonly ada: Person;
  readonly ben: Person;

  private constructor(stage: Stage, ada: Person, ben: Person) {
    this.stage = stage;
    this.ada = ada;
    this.ben = ben;
  }

  static async meet(): Promise<FilePeople> {
    const stage = new Stage();
    const [ada, ben] = [await stage.quickPerson('ada'), await stage.quickPerson('ben')];
    await acquaint(ada, ben);
    const people = new FilePeople(stage, ada, ben);
    await people.connect();
    return people;
  }

  /** Ben connects, to wherever Ada hosts now. */
  async connect(): Promise<void> {
    await this.ada.program.call('host.stop', {});
    const { url } = await this.ada.program.call('host.start', { port: 0 });
    await this.ben.program.call('session.connect', { url, contact: 'ada' });
    const isOnline = async (): Promise<boolean> =>
      (await this.ada.program.call('session.list', {})).length > 0;
    while (!(await isOnline())) await this.ada.program.nextEvent();
  }

  /** Ends every session, and lets nobody connect again by itself. */
  async disconnect(): Promise<void> {
    await this.ada.program.call('host.stop', {});
    for (const { program } of [this.ada, this.ben]) {
      while ((await program.call('session.list', {})).length > 0) await this.#kick();
    }
  }

  async #kick(): Promise<void> {
    for (const { program } of [this.ada, this.ben]) {
      const [session] = await program.call('session.list', {});
      if (session === undefined) continue;
      await program.call('session.close', { session: session.id }).catch(() => undefined);
    }
  }

  /** Writes a file to be sent; resolves with its path. */
  write(name: string, content: Uint8Array | string): string {
    const folder = join(this.stage.folder, 'to-send');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  /** Ada offers something to Ben; resolves with its id once Ben was asked. */
  async offer(path: string): Promise<string> {
    const { id } = await this.ada.program.call('file.send', { contact: 'ben', path });
    await this.ben.program.event('file.offered', ({ file }) => file.id === id);
    return id;
  }

  /** Resolves with where it is at Ben's, once both know that it is there. */
  async arrived(id: string): Promise<string> {
    const { path } = await this.ben.program.event('file.completed', (told) => told.id === id);
    await this.ada.program.event('file.completed', (told) => told.id === id);
    return path ?? '';
  }

  async file(person: Person, id: string): Promise<FileInfo> {
    const files = await person.program.call('file.list', {});
    const found = files.find((file) => file.id === id);
    if (found === undefined) throw new Error('No such file is listed.');
    return found;
  }

  /** The file, once it is in this state. */
  async fileIn(person: Person, id: string, state: FileInfo['state']): Promise<FileInfo> {
    for (;;) {
      const next = person.program.nextEvent();
      const file = await this.file(person, id);
      if (file.state === state) return file;
      await next;
    }
  }

  async end(): Promise<void> {
    await this.stage.end();
  }
}

/** Bytes that look random and are the same each time. */
export function noise(length: number, seed = 'noise'): Uint8Array {
  const bytes = Buffer.alloc(length);
  let block = createHash('sha512').update(seed).digest();
  const tile = Buffer.alloc(Math.min(length, 1 << 20));
  for (let offset = 0; offset < tile.length; offset += block.length) {
    block.copy(tile, offset);
    block = createHash('sha512').update(block).digest();
  }
  for (let offset = 0, round = 0; offset < length; offset += tile.length, round += 1) {
    tile.writeUInt8(round % 256, 0);
    tile.copy(bytes, offset);
  }
  return bytes;
}

/** What a folder holds besides what is asked for: leftovers of transfers are seen too. */
export function contents(folder: string): string[] {
  return readdirSync(folder).toSorted();
}

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
