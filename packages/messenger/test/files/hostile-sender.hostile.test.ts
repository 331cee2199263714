import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  decodeFileCredit,
  encodeFileCredit,
  encodeFileEnd,
} from '../../src/application/file-bodies.js';
import { encodeText } from '../../src/application/messages.js';
import {
  KIND_FILE_CREDIT,
  KIND_FILE_DONE,
  KIND_FILE_END,
  KIND_TEXT,
} from '../../src/application/kinds.js';
import { type Person, Stage } from '../chat-people.js';
import { contents } from './file-people.js';
import { HostileSender } from './hostile-files.js';

const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();

describe('a contact who sends files otherwise than agreed', { timeout: 30_000 }, () => {
  const stage = new Stage();
  const mallory = new HostileSender(7);
  let ada: Person;
  let url: string;
  let directory: string;
  let round = 0;

  beforeAll(async () => {
    ada = await stage.quickPerson('ada');
    await ada.program.call('contact.add', { id: mallory.peer.id, name: 'mallory' });
    ({ url } = await ada.program.call('host.start', { port: 0 }));
  });
  beforeEach(async () => {
    directory = join(stage.folder, `received-${(round += 1)}`);
    mkdirSync(directory);
    writeFileSync(join(stage.folder, 'bystander'), 'untouched');
    await mallory.connect(ada, url);
  });
  afterAll(async () => {
    await mallory.channel.close();
    await stage.end();
  });

  const wanted = async (size: number): Promise<{ id: Uint8Array; text: string }> => {
    const offer = await mallory.offer({ size });
    await ada.program.event('file.offered', ({ file }) => file.id === offer.text);
    await ada.program.call('file.accept', { id: offer.text, directory });
    await mallory.accepted(offer.id);
    return offer;
  };
  const end = (id: Uint8Array, hash: Uint8Array): Promise<void> =>
    mallory.channel.send(KIND_FILE_END, encodeFileEnd({ id, sha256: hash }));
  /** The session still takes what is right. */
  const expectAlive = async (): Promise<void> => {
    const text = `still here ${round}`;
    const id = new Uint8Array(16).fill(round);
    await mallory.channel.send(KIND_TEXT, encodeText({ id, at: 1, text }));
    await ada.program.received(text);
  };

  const bytes = new Uint8Array(1_000).fill(7);
  it.each<[string, string, (id: Uint8Array) => Promise<void>]>([
    ['a gap', 'A part of the file was left out.', (id) => mallory.chunk(id, 1, bytes)],
    [
      'an offset beyond every file',
      'A part of the file was left out.',
      (id) => mallory.chunk(id, Number.MAX_SAFE_INTEGER - 2_000, bytes),
    ],
    [
      'more than was offered',
      'More was sent than was offered.',
      (id) => mallory.chunk(id, 0, new Uint8Array(1_001)),
    ],
    [
      'more after all of it',
      'More was sent than was offered.',
      async (id) => {
        await mallory.chunk(id, 0, bytes);
        await mallory.chunk(id, 1_000, new Uint8Array(1));
      },
    ],
    [
      'another hash',
      'The hash of the file is not what its sender says.',
      async (id) => {
        await mallory.chunk(id, 0, bytes);
        await end(id, sha256(new Uint8Array(1)));
      },
    ],
    ['the end at once', 'The file ended too early.', (id) => end(id, sha256(bytes))],
    [
      'the end a byte too early',
      'The file ended too early.',
      async (id) => {
        await mallory.chunk(id, 0, bytes.subarray(1));
        await end(id, sha256(bytes));
      },
    ],
  ])('%s ends the transfer with a reason, and leaves nothing', async (_what, reason, send) => {
    const { id, text } = await wanted(1_000);
    await send(id);
    expect(await mallory.cancelled(id)).toBe(reason);
    expect(await ada.program.event('file.failed', (told) => told.id === text)).toEqual({
      id: text,
      state: 'failed',
      reason,
    });
    expect(contents(directory)).toEqual([]);
    await expectAlive();
  });

  it('repeats and overlaps are dropped, and the file arrives', async () => {
    const { id, text } = await wanted(1_000);
    for (const [offset, length] of [
      [0, 300],
      [0, 300],
      [100, 200],
      [0, 600],
      [599, 401],
      [0, 1_000],
    ] as const) {
      await mallory.chunk(id, offset, bytes.subarray(offset, offset + length));
    }
    await end(id, sha256(bytes));
    await mallory.nextOf(KIND_FILE_DONE);
    const { path } = await ada.program.event('file.completed', (told) => told.id === text);
    expect(new Uint8Array(readFileSync(path ?? ''))).toEqual(bytes);
  });

  it('credit comes at the latest after each 128 KiB', async () => {
    const { id, text } = await wanted(300_000);
    const piece = new Uint8Array(10_000);
    for (let offset = 0; offset < 300_000; offset += piece.length) {
      await mallory.chunk(id, offset, piece);
    }
    let credited = 0;
    while (credited < 300_000) {
      const { offset } = decodeFileCredit((await mallory.nextOf(KIND_FILE_CREDIT)).body);
      expect(offset).toBeGreaterThan(credited);
      expect(offset - credited).toBeLessThan(128 * 1_024 + piece.length);
      credited = offset;
    }
    await ada.program.call('file.cancel', { id: text });
  });

  it('what nobody has asked for, or not of this contact, is ignored', async () => {
    const { id, text } = await mallory.offer({ size: 1_000 });
    await ada.program.event('file.offered', ({ file }) => file.id === text);
    await mallory.chunk(id, 0, bytes);
    await end(id, sha256(bytes));
    await mallory.channel.send(
      KIND_FILE_DONE,
      new Uint8Array([0xa1, 0x62, 0x69, 0x64, 0x50, ...id]),
    );
    await mallory.channel.send(KIND_FILE_CREDIT, encodeFileCredit({ id, offset: 2 ** 50 }));
    await mallory.chunk(new Uint8Array(16).fill(1), 0, bytes);
    await expectAlive();
    const files = await ada.program.call('file.list', { contact: 'mallory' });
    expect(files.find((file) => file.id === text)).toMatchObject({ state: 'offered', bytes: 0 });
    expect(contents(directory)).toEqual([]);
  });

  it('a gigantic file waits for a gigantic disk', async () => {
    const { text } = await mallory.offer({ size: Number.MAX_SAFE_INTEGER });
    await ada.program.event('file.offered', ({ file }) => file.id === text);
    await ada.program.call('file.accept', { id: text, directory });
    const told = await ada.program.event('file.failed', (failed) => failed.id === text);
    expect(told).toMatchObject({ state: 'paused' });
    expect(told.reason).toContain('not enough room');
    expect(contents(directory)).toEqual([]);
    await ada.program.call('file.cancel', { id: text });
  });

  it.each([
    '../../bystander',
    '/etc/passwd',
    String.raw`..\..\bystander`,
    '.',
    '..',
    '',
    '\u202egnp.exe',
    'a\u0000b',
    '.bashrc',
    '-rf',
    'CON',
    'x'.repeat(1_024),
  ])('a file called %j stays in its folder', async (name) => {
    const offer = await mallory.offer({ size: 0, name });
    const { file } = await ada.program.event('file.offered', (told) => told.file.id === offer.text);
    expect(file.name).not.toMatch(/[/\\\p{C}]/u);
    await ada.program.call('file.accept', { id: offer.text, directory });
    await mallory.accepted(offer.id);
    await end(offer.id, sha256(new Uint8Array()));
    const { path } = await ada.program.event('file.completed', (told) => told.id === offer.text);
    expect(path).toBe(join(directory, file.name));
    expect(contents(directory)).toEqual([file.name]);
    expect(readFileSync(join(stage.folder, 'bystander'), 'utf8')).toBe('untouched');
  });

  it('offers by the thousand are kept up to a hundred, and the others refused with a reason', async () => {
    const offers: { id: Uint8Array; text: string }[] = [];
    for (let index = 0; index < 1_000; index += 1) offers.push(await mallory.offer({}));
    const last = offers.at(-1);
    const reason = await mallory.cancelled(last?.id ?? new Uint8Array());
    expect(reason).toBe('Too many files wait to be decided on. Try again later.');
    const files = await ada.program.call('file.list', { contact: 'mallory', limit: 500 });
    const undecided = files.filter(({ state }) => state === 'offered');
    expect(undecided).toHaveLength(100);
    for (const { id } of undecided) await ada.program.call('file.decline', { id });
  });

  it('what arrives before there is room for it is refused, and memory stays bounded', async () => {
    const size = 2 ** 30;
    const { id, text } = await wanted(size);
    const piece = new Uint8Array(262_107);
    const before = process.memoryUsage().arrayBuffers;
    // Read by nobody, so that nothing is answered to credit: only the receiver can end this.
    const ending = ada.program.event('file.failed', (told) => told.id === text);
    const hasEnded = (): boolean =>
      ada.program.eventsOf('file.failed').some((told) => told.id === text);
    for (let offset = 0; !hasEnded() && offset + piece.length < size;) {
      await mallory.chunk(id, offset, piece);
      offset += piece.length;
    }
    // Both ends are in this process, and what they let go of is collected when it suits.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size / 4);
    if (!hasEnded()) await ada.program.call('file.cancel', { id: text });
    const { reason } = await ending;
    expect(['More was sent than there was room for.', 'It was cancelled.']).toContain(reason);
  });

  it('no two contacts share anything by the id of a file', async () => {
    const eve = new HostileSender(8);
    await ada.program.call('contact.add', { id: eve.peer.id, name: 'eve' });
    await eve.connect(ada, url);
    const { id, text } = await wanted(1_000);
    await mallory.chunk(id, 0, bytes.subarray(0, 500));
    await eve.offer({ id, size: 1_000, name: 'file' });
    const evesOffer = ({ file }: { file: { contact: string } }): boolean =>
      file.contact === eve.peer.id;
    await ada.program.event('file.offered', evesOffer);
    await expect(ada.program.call('file.accept', { id: text, directory })).rejects.toMatchObject({
      code: 'ambiguous_message',
    });
    await ada.program.call('file.accept', { id: text, directory, contact: 'eve' });
    expect(await eve.accepted(id)).toMatchObject({ offset: 0 });
    await eve.chunk(id, 0, new Uint8Array(1_000));
    await mallory.chunk(id, 500, bytes.subarray(500));
    await end(id, sha256(bytes));
    await mallory.nextOf(KIND_FILE_DONE);
    expect(new Uint8Array(readFileSync(join(directory, 'file')))).toEqual(bytes);
    await eve.channel.close();
  });
});
