import { createHook } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeFileCredit } from '../../src/application/file-bodies.js';
import { KIND_FILE_CREDIT } from '../../src/application/kinds.js';
import { Gate } from '../../src/core/files/gate.js';
import { IncomingFile } from '../../src/core/files/incoming-file.js';
import { INCOMING_PLACES } from '../../src/core/files/limits.js';
import { turns } from '../core-parts.js';
import { handSession, OWN_KEY, PEER_KEY } from '../sessions/hand-session.js';
import { HandWire } from './hand-wire.js';
import { MemoryFiles } from './memory-files.js';

const SIZE = 20_000;

/** How many promises are made by what is done here. */
function promisesOf(work: () => void): number {
  let count = 0;
  const init = (_id: number, type: string): void => void (count += type === 'PROMISE' ? 1 : 0);
  const hook = createHook({ init }).enable();
  work();
  hook.disable();
  return count;
}

describe('a sender of one byte at a time, to a disk that is slow', { timeout: 30_000 }, () => {
  let files: MemoryFiles;
  let appended: number[];
  let wire: HandWire;
  let content: Uint8Array;
  let incoming: IncomingFile;
  let end: PromiseWithResolvers<string>;

  beforeEach(async () => {
    [files, appended] = [new MemoryFiles(), []];
    wire = new HandWire([OWN_KEY.id, PEER_KEY.id]);
    const session = { ...(await handSession()).session, channel: wire.ends[0] };
    content = new Uint8Array(SIZE);
    await (await files.openSource(await files.look(files.write('file', SIZE)))).read([content]);
    end = Promise.withResolvers();
    const openSink = async (plan: Parameters<MemoryFiles['openSink']>[0]) => {
      const sink = await files.openSink(plan, () => undefined);
      const append = async (data: Uint8Array): Promise<void> => {
        appended.push(data.length);
        await sink.append(data);
      };
      return { ...sink, append };
    };
    incoming = new IncomingFile({
      session,
      id: new Uint8Array(16),
      files: Object.assign(Object.create(files) as MemoryFiles, { openSink }),
      plan: {
        temporaryPath: '/received/part',
        directory: '/received',
        name: 'file',
        size: SIZE,
        isFolder: false,
        syncedBytes: 0,
      },
      gate: new Gate(INCOMING_PLACES),
      isAskedAgain: false,
      listener: {
        onProgress: () => undefined,
        onSynced: () => undefined,
        onDone: async (path) => end.resolve(path),
        onFailed: async (error) => end.reject(error),
      },
    });
    incoming.start();
    await turns();
    files.hold('append', 'file');
  });
  afterEach(() => files.letGo('append', 'file'));

  const take = (offset: number): void =>
    incoming.take({
      id: new Uint8Array(16),
      offset,
      data: new Uint8Array(content.subarray(offset, offset + 1)),
    });

  const credits = (): number[] =>
    wire.ends[1].underWay
      .filter(({ record }) => record.kind === KIND_FILE_CREDIT)
      .map(({ record }) => decodeFileCredit(record.body).offset);

  it('costs a few buffers, and the file arrives', async () => {
    take(0);
    await turns();
    const made = promisesOf(() => {
      for (let offset = 1; offset < SIZE; offset += 1) take(offset);
    });
    expect(made).toBeLessThan(10);
    incoming.end(createHash('sha256').update(content).digest());
    files.letGo('append', 'file');
    expect(await end.promise).toBe('/received/file');
    expect(appended.length).toBeLessThan(25);
    expect(appended.reduce((sum, length) => sum + length)).toBe(SIZE);
  });

  it('costs no more if it is the same byte each time', async () => {
    take(0);
    await turns();
    const made = promisesOf(() => {
      for (let count = 0; count < SIZE; count += 1) take(0);
    });
    expect(made).toBeLessThan(10);
    files.letGo('append', 'file');
    await turns();
    expect(appended).toEqual([1]);
    expect(credits()).toEqual([1]);
  });
});
