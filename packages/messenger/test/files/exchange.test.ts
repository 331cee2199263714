import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contents, FilePeople, noise, sha256 } from './file-people.js';

describe('files between two people', { timeout: 60_000 }, () => {
  let people: FilePeople;

  beforeAll(async () => {
    people = await FilePeople.meet();
  });
  afterAll(() => people.end());

  const place = (name: string): string => {
    const folder = join(people.stage.folder, 'received', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const acceptInto = async (id: string, directory: string): Promise<string> => {
    await people.ben.program.call('file.accept', { id, directory });
    return people.arrived(id);
  };

  it('is offered, accepted, verified and put in place, and both conversations show it', async () => {
    const path = people.write('holiday.bin', noise(3_000_000));
    const id = await people.offer(path);
    expect(await people.file(people.ben, id)).toMatchObject({
      state: 'offered',
      direction: 'in',
      name: 'holiday.bin',
      size: 3_000_000,
      bytes: 0,
    });
    const directory = place('one');
    const received = await acceptInto(id, directory);
    expect(received).toBe(join(directory, 'holiday.bin'));
    expect(sha256(received)).toBe(sha256(path));
    expect(statSync(received).mode & 0o777).toBe(0o600);
    expect(contents(directory)).toEqual(['holiday.bin']);
    const { messages } = await people.ben.program.call('message.history', { contact: 'ada' });
    const done = { state: 'done', bytes: 3_000_000, path: received };
    expect(messages.at(-1)).toMatchObject({ id, file: done });
    expect(await people.file(people.ada, id)).toMatchObject({ state: 'done', path });
    const told = people.ben.program.eventsOf('file.progress');
    expect(told.every(({ bytes, size }) => bytes < size)).toBe(true);
  });

  it("goes into the account's own folder unless another one is named, and replaces nothing", async () => {
    const id = await people.offer(people.write('notes.txt', 'first'));
    await people.ben.program.call('file.accept', { id });
    const first = await people.arrived(id);
    expect(first.startsWith(people.ben.home)).toBe(true);
    const again = await people.offer(people.write('notes.txt', 'second'));
    await people.ben.program.call('file.accept', { id: again });
    const second = await people.arrived(again);
    expect(second).toBe(first.replace('notes.txt', 'notes (1).txt'));
    expect(readFileSync(first, 'utf8')).toBe('first');
    expect(readFileSync(second, 'utf8')).toBe('second');
  });

  it('can be empty, also as a folder', async () => {
    const directory = place('empty');
    const file = await acceptInto(await people.offer(people.write('empty', '')), directory);
    expect(statSync(file).size).toBe(0);
    const folder = join(people.stage.folder, 'empty-folder');
    mkdirSync(folder);
    const received = await acceptInto(await people.offer(folder), directory);
    expect(contents(received)).toEqual([]);
    expect(contents(directory)).toEqual(['empty', 'empty-folder']);
  });

  it('is a folder of thousands of small files, without the links in it', async () => {
    const folder = join(people.stage.folder, 'many');
    const count = 2_000;
    for (let index = 0; index < count; index += 1) {
      const inner = join(folder, `part ${index % 20}`, 'größe');
      mkdirSync(inner, { recursive: true });
      writeFileSync(join(inner, `${index}.txt`), `number ${index}`);
    }
    symlinkSync('/etc', join(folder, 'part 0', 'link'));
    const received = await acceptInto(await people.offer(folder), place('many'));
    for (let index = 0; index < count; index += 1) {
      const path = join(received, `part ${index % 20}`, 'größe', `${index}.txt`);
      expect(readFileSync(path, 'utf8')).toBe(`number ${index}`);
    }
    expect(contents(join(received, 'part 0'))).toEqual(['größe']);
  });

  it('several go at once, and a text passes them', async () => {
    const directory = place('several');
    const paths = [1, 2, 3].map((number) =>
      people.write(`${number}.bin`, noise(12_000_000, `file ${number}`)),
    );
    const ids = await Promise.all(paths.map((path) => people.offer(path)));
    for (const id of ids) await people.ben.program.call('file.accept', { id, directory });
    await people.ben.program.event('file.progress', ({ id }) => id === ids[2]);
    await people.ada.program.call('message.send', { contact: 'ben', text: 'in between' });
    await people.ben.program.received('in between');
    const completedBefore = people.ben.program
      .eventsOf('file.completed')
      .filter(({ id }) => ids.includes(id));
    expect(completedBefore.length).toBeLessThan(3);
    for (const [index, id] of ids.entries()) {
      expect(sha256(await people.arrived(id))).toBe(sha256(paths[index] ?? ''));
    }
  });

  it('is declined, cancelled by its sender, and cancelled by its receiver', async () => {
    const { ada, ben } = people;
    const declined = await people.offer(people.write('no.txt', 'no'));
    await ben.program.call('file.decline', { id: declined });
    expect(await people.fileIn(ada, declined, 'declined')).toMatchObject({ bytes: 0 });
    const cancelled = await people.offer(people.write('oops.txt', 'oops'));
    await ada.program.call('file.cancel', { id: cancelled });
    await people.fileIn(ben, cancelled, 'cancelled');
    for (const who of ['ada', 'ben'] as const) {
      const directory = place(`cancelled by ${who}`);
      const id = await people.offer(people.write('big.bin', noise(50_000_000)));
      await ben.program.call('file.accept', { id, directory });
      await ben.program.event('file.progress', (told) => told.id === id);
      await people[who].program.call('file.cancel', { id });
      await people.fileIn(ada, id, 'cancelled');
      await people.fileIn(ben, id, 'cancelled');
      expect(contents(directory)).toEqual([]);
      for (const { program } of [ada, ben]) {
        await expect(program.call('file.cancel', { id })).rejects.toMatchObject({
          code: 'transfer_over',
        });
      }
    }
    await expect(ben.program.call('file.accept', { id: cancelled })).rejects.toMatchObject({
      code: 'transfer_over',
    });
  });

  it('comes without being asked about, up to the size that the person has said', async () => {
    const { ada, ben } = people;
    await ben.program.call('settings.set', { autoAccept: { [ada.id]: 1_000 } });
    const small = await people.offer(people.write('small.txt', 'x'.repeat(1_000)));
    await people.arrived(small);
    const large = await people.offer(people.write('large.txt', 'x'.repeat(1_001)));
    expect(await people.file(ben, large)).toMatchObject({ state: 'offered' });
    await ben.program.call('file.decline', { id: large });
    await people.fileIn(ada, large, 'declined');
    await ben.program.call('settings.set', { autoAccept: {} });
  });

  it('a file that was changed since it was offered ends with a reason at both', async () => {
    const path = people.write('draft.txt', 'draft');
    const id = await people.offer(path);
    writeFileSync(path, 'another draft');
    await people.ben.program.call('file.accept', { id });
    const reason = 'The file was changed since it was offered. Offer it again.';
    expect(await people.fileIn(people.ada, id, 'failed')).toMatchObject({ reason });
    expect(await people.fileIn(people.ben, id, 'cancelled')).toMatchObject({ reason });
  });

  it('can be sent to oneself', async () => {
    const { ada } = people;
    await ada.program.call('contact.add', { id: ada.id, name: 'me' });
    const { url } = await ada.program.call('host.status', {});
    await ada.program.call('session.connect', { url: url ?? '', contact: 'me' });
    const path = people.write('to me.txt', 'hello me');
    const { id } = await ada.program.call('file.send', { contact: 'me', path });
    await ada.program.event('file.offered', ({ file }) => file.id === `${id}.in`);
    await ada.program.call('file.accept', { id: `${id}.in`, directory: place('me') });
    const { path: received } = await ada.program.event(
      'file.completed',
      (told) => told.id === `${id}.in`,
    );
    await ada.program.event('file.completed', (told) => told.id === id);
    expect(readFileSync(received ?? '', 'utf8')).toBe('hello me');
  });

  it('what cannot be sent or accepted is said at once', async () => {
    const { ada, ben } = people;
    const send = (path: string): Promise<unknown> =>
      ada.program.call('file.send', { contact: 'ben', path });
    await expect(send('relative.txt')).rejects.toMatchObject({ code: 'no_such_file' });
    await expect(send(join(people.stage.folder, 'missing'))).rejects.toMatchObject({
      code: 'no_such_file',
    });
    const link = join(people.stage.folder, 'link');
    symlinkSync(people.write('behind.txt', 'x'), link);
    await expect(send(link)).rejects.toMatchObject({ code: 'no_such_file' });
    const id = await people.offer(people.write('fine.txt', 'x'));
    const accept = (directory: string): Promise<unknown> =>
      ben.program.call('file.accept', { id, directory });
    await expect(accept('here')).rejects.toMatchObject({ code: 'no_such_file' });
    expect(await people.file(ben, id)).toMatchObject({ state: 'offered' });
  });
});
