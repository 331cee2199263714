import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../../src/account/files/node-files.js';
import {
  decodeFileOffer,
  encodeFileAccept,
  encodeFileCancel,
  encodeFileCredit,
  encodeFileDone,
} from '../../src/application/file-bodies.js';
import { decodeChunk } from '../../src/application/file-chunk.js';
import {
  KIND_FILE_ACCEPT,
  KIND_FILE_CANCEL,
  KIND_FILE_CHUNK,
  KIND_FILE_CREDIT,
  KIND_FILE_DONE,
  KIND_FILE_END,
  KIND_FILE_OFFER,
  KIND_TEXT,
} from '../../src/application/kinds.js';
import { encodeText } from '../../src/application/messages.js';
import { type Person, Stage } from '../chat-people.js';
import { noise } from './file-people.js';
import { HostileSender } from './hostile-files.js';

const EMPTY = createHash('sha256').digest();
const WINDOW_BYTES = 4 * 2 ** 20;

describe('a contact who takes files otherwise than agreed', { timeout: 30_000 }, () => {
  const stage = new Stage();
  const mallory = new HostileSender(7);
  let ada: Person;
  let url: string;
  let round = 0;

  beforeAll(async () => {
    ada = await stage.quickPerson('ada');
    await ada.program.call('contact.add', { id: mallory.peer.id, name: 'mallory' });
    ({ url } = await ada.program.call('host.start', { port: 0 }));
  });
  beforeEach(async () => {
    round += 1;
    await mallory.connect(ada, url);
  });
  afterAll(async () => {
    await mallory.channel.close();
    await stage.end();
  });

  const offered = async (size: number): Promise<{ id: Uint8Array; text: string }> => {
    const path = join(stage.folder, `to send ${round}`);
    writeFileSync(path, noise(size));
    const { id } = await ada.program.call('file.send', { contact: 'mallory', path });
    for (;;) {
      const offer = decodeFileOffer((await mallory.nextOf(KIND_FILE_OFFER)).body);
      if (Buffer.from(offer.id).toString('base64url') === id) return { id: offer.id, text: id };
    }
  };
  const accept = (id: Uint8Array, offset = 0, prefix: Uint8Array = EMPTY): Promise<void> =>
    mallory.channel.send(KIND_FILE_ACCEPT, encodeFileAccept({ id, offset, prefix }));
  const expectAlive = async (): Promise<void> => {
    const text = `still here ${round}`;
    const id = new Uint8Array(16).fill(round);
    await mallory.channel.send(KIND_TEXT, encodeText({ id, at: 1, text }));
    await ada.program.received(text);
  };

  it.each<[string, string, (id: Uint8Array) => Promise<void>]>([
    [
      'an offset beyond the end',
      'The offset is beyond the end of the file.',
      (id) => accept(id, 1_001),
    ],
    [
      'another beginning',
      'What the receiver has is not the beginning of this file.',
      (id) => accept(id, 500, EMPTY),
    ],
  ])('%s ends the transfer with a reason', async (_what, reason, ask) => {
    const { id, text } = await offered(1_000);
    await ask(id);
    expect(await mallory.cancelled(id)).toBe(reason);
    await ada.program.event('file.failed', (told) => told.id === text && told.reason === reason);
    await expectAlive();
  });

  it('who asks for a file that nobody offered is told so', async () => {
    const id = new Uint8Array(16).fill(0xee);
    await accept(id);
    expect(await mallory.cancelled(id)).toBe('There is no such file any more.');
    await expectAlive();
  });

  it('nothing is sent beyond the window, whatever credit is claimed', async () => {
    const { id } = await offered(20_000_000);
    await accept(id);
    let [sent, credited] = [0, 0];
    const take = (body: Uint8Array): void => {
      const { offset, data } = decodeChunk(body);
      expect(offset).toBe(sent);
      sent += data.length;
    };
    const credit = (offset: number): Promise<void> =>
      mallory.channel.send(KIND_FILE_CREDIT, encodeFileCredit({ id, offset }));
    while (credited < 8_000_000) {
      take((await mallory.nextOf(KIND_FILE_CHUNK)).body);
      credited = sent;
      await credit(credited);
    }
    await credit(2 ** 50);
    take((await mallory.nextOf(KIND_FILE_CHUNK)).body);
    // What the sender still sends comes before the answer to this; with two such answers in a row it has stopped.
    for (let answers = 0; answers < 2;) {
      await accept(new Uint8Array(16).fill(0xdd));
      for (;;) {
        const { kind, body } = await mallory.nextOf(KIND_FILE_CHUNK, KIND_FILE_CANCEL);
        answers = kind === KIND_FILE_CANCEL ? answers + 1 : 0;
        if (kind === KIND_FILE_CANCEL) break;
        take(body);
      }
    }
    expect(sent - credited).toBeLessThanOrEqual(WINDOW_BYTES);
    await ada.program.call('file.cancel', { id: Buffer.from(id).toString('base64url') });
  });

  it('asking again and again makes the file be read once at a time, and ends it', async () => {
    const { id, text } = await offered(30_000_000);
    const whole = createHash('sha256').update(noise(30_000_000)).digest();
    const openSource = nodeFiles.openSource.bind(nodeFiles);
    let [open, most, times] = [0, 0, 0];
    const counting = nodeFiles as { openSource: typeof openSource };
    counting.openSource = async (path) => {
      const source = await openSource(path);
      [open, times] = [open + 1, times + 1];
      most = Math.max(most, open);
      const close = async (): Promise<void> => {
        open -= 1;
        await source.close();
      };
      return { ...source, close };
    };
    try {
      for (let index = 0; index < 1_000; index += 1) await accept(id, 30_000_000, whole);
      await ada.program.event('file.failed', (told) => told.id === text);
      expect(await mallory.cancelled(id)).toBe('The file was asked for too often.');
    } finally {
      counting.openSource = openSource;
    }
    expect(most).toBeLessThanOrEqual(1);
    expect(times).toBeLessThanOrEqual(32);
    await expectAlive();
  });

  it('a request does not hold up the records after it, whichever is waited for', async () => {
    const { id } = await offered(20_000_000);
    for (let index = 0; index < 255; index += 1) {
      await mallory.channel.send(200, new Uint8Array(1));
    }
    await accept(id); // the 256th record of the session, which is waited for
    for (let index = 0; index < 300; index += 1) await accept(new Uint8Array(16));
    await expectAlive();
    let got = 0;
    while (got < 20_000_000) {
      const { kind, body } = await mallory.nextOf(KIND_FILE_CHUNK, KIND_FILE_END);
      if (kind === KIND_FILE_END) break;
      got += decodeChunk(body).data.length;
      await mallory.channel.send(KIND_FILE_CREDIT, encodeFileCredit({ id, offset: got }));
    }
    expect(got).toBe(20_000_000);
    await mallory.channel.send(KIND_FILE_DONE, encodeFileDone(id));
    const text = Buffer.from(id).toString('base64url');
    await ada.program.event('file.completed', (told) => told.id === text);
  });

  it('DONE before there was a request says nothing', async () => {
    const { id, text } = await offered(1_000);
    await mallory.channel.send(KIND_FILE_DONE, encodeFileDone(id));
    await expectAlive();
    const files = await ada.program.call('file.list', {});
    expect(files.find((file) => file.id === text)).toMatchObject({ state: 'offered', bytes: 0 });
  });

  it('a refusal before the offer was acknowledged is final: it is not offered again', async () => {
    const { id, text } = await offered(1_000);
    await mallory.channel.send(KIND_FILE_CANCEL, encodeFileCancel({ id, reason: 'no\u001b[2J' }));
    await ada.program.event('file.failed', (told) => told.id === text);
    await mallory.channel.close();
    await mallory.connect(ada, url);
    mkdirSync(join(stage.folder, 'again'), { recursive: true });
    const next = await offered(10);
    expect(next.text).not.toBe(text);
    await expectAlive();
  });
});
