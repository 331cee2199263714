import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  decodeFileCredit,
  encodeFileAccept,
  encodeFileEnd,
  encodeFileOffer,
} from '../../src/application/file-bodies.js';
import {
  KIND_FILE_ACCEPT,
  KIND_FILE_CANCEL,
  KIND_FILE_CHUNK,
  KIND_FILE_CREDIT,
  KIND_FILE_END,
  KIND_FILE_OFFER,
  KIND_TEXT,
} from '../../src/application/kinds.js';
import { type ChunkRoom, chunkRoom } from '../../src/application/file-chunk.js';
import { encodeText } from '../../src/application/messages.js';
import { newMessageId } from '../../src/core/delivery/text-ids.js';
import { MAX_UNSENT_ANSWERS } from '../../src/core/files/limits.js';
import type { HandWire } from './hand-wire.js';
import { WiredPeople, type WiredPerson } from './wired-people.js';

/** More than what is taken from a peer before the first of it has been dealt with. */
const MANY = 600;

// Whoever waits, before reading on, until an answer is sent, waits for the peer to read: and the peer may be waiting alike.
describe('while a peer reads nothing', () => {
  let people: WiredPeople & Record<'ada' | 'ben', WiredPerson>;
  let ben: WiredPerson;
  let wire: HandWire;

  beforeEach(async () => {
    people = await WiredPeople.meet('ada', 'ben');
    ({ ben } = people);
    await ben.account.settings.change({ autoAccept: {} });
    wire = people.connect(people.ada, ben);
    await people.settle();
    // Ben's way to Ada is full, of what she will ignore, and she takes nothing more.
    void wire.ends[1].send(200, new Uint8Array(2 ** 21)).catch(() => undefined);
  }, 60_000);
  afterEach(() => people.end());

  /** Ada's end says it by hand, and Ben reads all that he will. */
  const say = async (kind: number, body: Uint8Array): Promise<void> => {
    void wire.ends[0].send(kind, body).catch(() => undefined);
    while (wire.pass(wire.ends[1]) > 0) await people.settle();
  };
  const offer = (): Uint8Array =>
    encodeFileOffer({ id: newMessageId(), at: 1, name: 'file', size: 1 });
  const isTextTaken = async (): Promise<boolean> => {
    const id = newMessageId();
    await say(KIND_TEXT, encodeText({ id, at: 1, text: 'Are you there?' }));
    return ben.store.messages.find({ contact: people.ada.id, direction: 'in', id }) !== undefined;
  };
  const answers = (kind: number): number =>
    wire.ends[0].underWay.filter(({ record }) => record.kind === kind).length;

  /** Of a file of Ada's, as a chunk. */
  const firstByte = async (id: Uint8Array, name: string): Promise<ChunkRoom> => {
    const { files } = people.ada;
    const room = chunkRoom({ id, dataBytes: 1 });
    const source = await files.openSource(await files.look(files.write(name, 1_000)));
    await source.read([room.data]);
    return room;
  };

  it('takes its texts after hundreds of offers that are refused', async () => {
    for (let count = 0; count < MANY; count += 1) await say(KIND_FILE_OFFER, offer());
    expect(answers(KIND_FILE_CANCEL)).toBe(MANY - 100);
    expect(await isTextTaken()).toBe(true);
  });

  it('takes its texts after hundreds of requests for files that do not exist', async () => {
    const none = { offset: 0, prefix: new Uint8Array(32) };
    for (let count = 0; count < MANY; count += 1) {
      await say(KIND_FILE_ACCEPT, encodeFileAccept({ id: newMessageId(), ...none }));
    }
    expect(await isTextTaken()).toBe(true);
  });

  it('keeps one word for it of what a file has brought, however often it says the same again', async () => {
    await ben.account.settings.change({ autoAccept: { [people.ada.textId]: 2 ** 20 } });
    const id = newMessageId();
    await say(KIND_FILE_OFFER, encodeFileOffer({ id, at: 1, name: 'file', size: 1_000 }));
    expect(answers(KIND_FILE_ACCEPT)).toBe(1);
    const room = await firstByte(id, 'file');
    for (let count = 0; count < MANY; count += 1) await say(KIND_FILE_CHUNK, room.body(0, 1));
    expect(answers(KIND_FILE_CREDIT)).toBe(1);
    expect(await isTextTaken()).toBe(true);
  });

  it('begins no further file while eight have words for it that it has not read', async () => {
    await ben.account.settings.change({ autoAccept: { [people.ada.textId]: 2 ** 20 } });
    for (let count = 0; count < 50; count += 1) {
      const id = newMessageId();
      await say(KIND_FILE_OFFER, encodeFileOffer({ id, at: 1, name: 'file', size: 1 }));
      const room = await firstByte(id, 'file');
      await say(KIND_FILE_CHUNK, room.body(0, 1));
      const sha256 = createHash('sha256').update(room.data).digest();
      await say(KIND_FILE_END, encodeFileEnd({ id, sha256 }));
    }
    expect(ben.completed.size).toBe(8);
    expect([answers(KIND_FILE_ACCEPT), answers(KIND_FILE_CREDIT)]).toEqual([8, 8]);
    expect(await isTextTaken()).toBe(true);
  });

  it('gives credit for all that has come, also if some of it came again in between', async () => {
    await ben.account.settings.change({ autoAccept: { [people.ada.textId]: 2 ** 20 } });
    const id = newMessageId();
    await say(KIND_FILE_OFFER, encodeFileOffer({ id, at: 1, name: 'file', size: 1_000 }));
    const { files } = people.ada;
    const source = await files.openSource(await files.look(files.write('file', 1_000)));
    const [first, second, third] = [1, 1, 1].map(() => chunkRoom({ id, dataBytes: 1 }));
    if (first === undefined || second === undefined || third === undefined) return;
    for (const { data } of [first, second, third]) await source.read([data]);
    await say(KIND_FILE_CHUNK, first.body(0, 1)); // its credit is not sent yet
    ben.files.hold('append', 'file');
    await say(KIND_FILE_CHUNK, second.body(1, 1));
    await say(KIND_FILE_CHUNK, first.body(0, 1));
    await say(KIND_FILE_CHUNK, third.body(2, 1));
    ben.files.letGo('append', 'file');
    await people.settle();
    const credits: number[] = [];
    for (;;) {
      const record = wire.ends[0].underWay[0]?.record;
      if (record?.kind === KIND_FILE_CREDIT) credits.push(decodeFileCredit(record.body).offset);
      if (wire.pass(wire.ends[0]) === 0) break;
      await people.settle();
    }
    expect(credits).toEqual([1, 3]);
  });

  it('keeps no more answers for it than there is room for', async () => {
    const none = { offset: 0, prefix: new Uint8Array(32) };
    for (let count = 0; count < MAX_UNSENT_ANSWERS + MANY; count += 1) {
      await say(KIND_FILE_ACCEPT, encodeFileAccept({ id: newMessageId(), ...none }));
    }
    expect(answers(KIND_FILE_CANCEL)).toBe(MAX_UNSENT_ANSWERS);
    // It reads again: what is refused from now on is told again.
    while (wire.pass(wire.ends[0]) > 0) await people.settle();
    await say(KIND_FILE_ACCEPT, encodeFileAccept({ id: newMessageId(), ...none }));
    expect(answers(KIND_FILE_CANCEL)).toBe(1);
  });
});
