import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD, type Person, type Program } from '../chat-people.js';
import { contents, FilePeople, noise, sha256 } from './file-people.js';
import { hinderAppends } from './hinder-appends.js';

const SIZE = 40_000_000;
/** From here on the disk is slow, so that its way is interrupted before it is whole. */
const PART = 10_000_000;
const SLOW_MS = 250;

describe('a file whose way is interrupted', { timeout: 60_000 }, () => {
  let people: FilePeople;
  let directory: string;

  beforeEach(async () => {
    people = await FilePeople.meet();
    directory = join(people.stage.folder, 'received');
    mkdirSync(directory);
  });
  afterEach(() => people.end());

  /** Ben has some of it, and the session ends. */
  const interrupted = async (): Promise<{ id: string; path: string; bytes: number }> => {
    const path = people.write('big.bin', noise(SIZE));
    const id = await people.offer(path);
    const letGo = hinderAppends(async (bytes) => {
      if (bytes > PART) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    });
    await people.ben.program.call('file.accept', { id, directory });
    await people.ben.program.event('file.progress', (told) => told.id === id && told.bytes > 0);
    await people.disconnect();
    letGo();
    const { bytes } = await people.fileIn(people.ben, id, 'paused');
    await people.fileIn(people.ada, id, 'paused');
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(SIZE);
    return { id, path, bytes };
  };
  const expectWhole = async (id: string, path: string): Promise<void> => {
    const received = await people.arrived(id);
    expect(received).toBe(join(directory, 'big.bin'));
    expect(sha256(received)).toBe(sha256(path));
    expect(contents(directory)).toEqual(['big.bin']);
  };
  const reopen = async (person: Person): Promise<void> => {
    await person.program.call('account.lock', {});
    await person.program.call('account.unlock', { name: person.name, password: PASSWORD });
  };
  const firstProgress = async (program: Program, id: string): Promise<number> => {
    const seen = program.eventsOf('file.progress').length;
    while (program.eventsOf('file.progress').length === seen) await program.nextEvent();
    const told = program.eventsOf('file.progress').slice(seen);
    return told.find((event) => event.id === id)?.bytes ?? 0;
  };

  it('goes on from where it was once they are connected again', async () => {
    const { id, path, bytes } = await interrupted();
    const progress = firstProgress(people.ben.program, id);
    await people.connect();
    expect(await progress).toBe(bytes);
    await expectWhole(id, path);
  });

  it.each(['ada', 'ben'] as const)('also after a restart of %s', async (who) => {
    const { id, path, bytes } = await interrupted();
    await reopen(people[who]);
    expect(await people.file(people.ben, id)).toMatchObject({ state: 'paused', bytes });
    await people.connect();
    await expectWhole(id, path);
  });

  it('ends if what was received is not the beginning of the file any more', async () => {
    const { id } = await interrupted();
    people.write('big.bin', noise(SIZE, 'another'));
    await people.connect();
    expect(await people.fileIn(people.ada, id, 'failed')).toMatchObject({
      reason: 'The file was changed since it was offered. Offer it again.',
    });
    await people.fileIn(people.ben, id, 'cancelled');
    expect(contents(directory)).toEqual([]);
  });

  it('is told of what was decided while nobody could be told', async () => {
    const { ada, ben } = people;
    const { id } = await interrupted();
    await ada.program.call('file.cancel', { id });
    await people.connect();
    await people.fileIn(ben, id, 'cancelled');
    expect(contents(directory)).toEqual([]);
  });

  it('can be moved elsewhere', async () => {
    const { ben } = people;
    const { id, path } = await interrupted();
    const elsewhere = join(people.stage.folder, 'elsewhere');
    await ben.program.call('file.accept', { id, directory: elsewhere });
    expect(contents(directory)).toEqual([]);
    await people.connect();
    const received = await people.arrived(id);
    expect(received).toBe(join(elsewhere, 'big.bin'));
    expect(sha256(received)).toBe(sha256(path));
  });

  it('an offer made while apart is delivered later, and so are acceptance and refusal', async () => {
    const { ada, ben } = people;
    const wanted = await people.offer(people.write('wanted.txt', 'wanted'));
    const unwanted = await people.offer(people.write('unwanted.txt', 'unwanted'));
    await people.disconnect();
    const path = people.write('later.txt', 'later');
    const { id } = await ada.program.call('file.send', { contact: 'ben', path });
    const back = await ada.program.call('file.send', { contact: 'ben', path });
    await ada.program.call('file.cancel', { id: back.id });
    await ben.program.call('file.accept', { id: wanted });
    await ben.program.call('file.decline', { id: unwanted });
    expect(await people.file(ben, wanted)).toMatchObject({ state: 'paused' });
    await people.connect();
    await ben.program.event('file.offered', ({ file }) => file.id === id);
    expect(readFileSync(await people.arrived(wanted), 'utf8')).toBe('wanted');
    await people.fileIn(ada, unwanted, 'declined');
    const offered = ben.program.eventsOf('file.offered').map(({ file }) => file.id);
    expect(offered).not.toContain(back.id);
  });

  it('ends with its message, and with its conversation', async () => {
    const { ada, ben } = people;
    const first = await interrupted();
    await people.connect();
    await ben.program.call('message.delete', { id: first.id });
    await people.fileIn(ada, first.id, 'cancelled');
    expect(contents(directory)).toEqual([]);
    const path = people.write('second.bin', noise(SIZE));
    const id = await people.offer(path);
    await ben.program.call('file.accept', { id, directory });
    await ben.program.event('file.progress', (told) => told.id === id);
    await ada.program.call('history.delete', { contact: 'ben', files: 'keep' });
    await people.fileIn(ben, id, 'cancelled');
    expect(contents(directory)).toEqual([]);
    expect(statSync(path).size).toBe(SIZE);
  });

  it('is deleted with its conversation only if that is wanted, and never at its sender', async () => {
    const { ada, ben } = people;
    const path = people.write('kept.txt', 'kept');
    const id = await people.offer(path);
    await ben.program.call('file.accept', { id, directory });
    const received = await people.arrived(id);
    await ada.program.call('history.delete', { contact: 'ben', files: 'delete' });
    expect(readFileSync(path, 'utf8')).toBe('kept');
    await ben.program.call('history.delete', { contact: 'ada', files: 'keep' });
    expect(readFileSync(received, 'utf8')).toBe('kept');
  });
});
