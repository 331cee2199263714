import { type FileHandle, open } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSink } from '../../src/account/files/file-sink.js';
import type { SinkPlan } from '../../src/core/ports/files.js';
import { messageIdFromText } from '../../src/core/delivery/text-ids.js';
import type { StoredFile } from '../../src/core/ports/transfer-store.js';
import { turns } from '../core-parts.js';
import type { HandWire } from './hand-wire.js';
import { WiredPeople, type WiredPerson } from './wired-people.js';

const MIB = 2 ** 20;

const broken = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });

describe('the file that is put together', { timeout: 60_000 }, () => {
  let directory: string;
  let synced: number[];
  /** What each sync that is asked for waits for. */
  let syncs: PromiseWithResolvers<void>[];
  let handles: FileHandle;
  let datasync: FileHandle['datasync'];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'gravy-syncing-'));
    [synced, syncs] = [[], []];
    const probe = await open(join(directory, 'probe'), 'w');
    await probe.close();
    handles = Object.getPrototypeOf(probe) as FileHandle;
    // oxlint-disable-next-line typescript/unbound-method -- put back as it was, on what it was taken from
    datasync = handles.datasync;
    handles.datasync = () => {
      const sync = Promise.withResolvers<void>();
      syncs.push(sync);
      return sync.promise;
    };
  });
  afterEach(() => {
    handles.datasync = datasync;
    rmSync(directory, { recursive: true });
  });

  const onSynced = (bytes: number): number => synced.push(bytes);
  const planOf = (rest: Partial<SinkPlan> = {}): SinkPlan => ({
    temporaryPath: join(directory, '.part'),
    directory,
    name: 'name',
    size: 1_000 * MIB,
    isFolder: false,
    syncedBytes: 0,
    ...rest,
  });

  it('says after each sync what that has covered, and takes nothing more after one that has failed', async () => {
    const sink = await openSink(planOf(), onSynced);
    const part = new Uint8Array(32 * MIB);
    await sink.append(part);
    await sink.append(part);
    await sink.append(part); // while what is before it is being synced
    expect([syncs.length, synced]).toEqual([1, []]);
    syncs[0]?.resolve();
    await turns();
    expect(synced).toEqual([64 * MIB]);
    await sink.append(part);
    syncs[1]?.reject(broken);
    await turns();
    await expect(sink.append(part)).rejects.toThrow('Check the disk');
    await expect(sink.finish()).rejects.toThrow('Check the disk');
    handles.datasync = datasync;
    await sink.close();
    expect(synced).toEqual([64 * MIB]);
  });

  it('keeps of what could not be synced nothing that a later sync would not bring to the medium', async () => {
    const plan = planOf();
    const sink = await openSink(plan, onSynced);
    const part = new Uint8Array(64 * MIB);
    await sink.append(part);
    syncs[0]?.resolve();
    await turns();
    await sink.append(part);
    syncs[1]?.reject(broken);
    await turns();
    handles.datasync = datasync;
    expect(await sink.close()).toBe(64 * MIB);
    const again = await openSink(plan, onSynced);
    expect(again.keptBytes).toBe(64 * MIB);
    expect(await again.close()).toBe(64 * MIB);
  });

  it('says that what was synced is not there any more', async () => {
    handles.datasync = datasync;
    const sink = await openSink(planOf({ syncedBytes: MIB }), onSynced);
    expect([sink.keptBytes, synced]).toEqual([0, [0]]);
    await sink.close();
  });
});

describe('what is known to have reached the disk', { timeout: 60_000 }, () => {
  let people: WiredPeople & Record<'ada' | 'ben', WiredPerson>;
  let ada: WiredPerson;
  let ben: WiredPerson;
  let wire: HandWire;

  beforeEach(async () => {
    people = await WiredPeople.meet('ada', 'ben');
    ({ ada, ben } = people);
    wire = people.connect(ada, ben);
  });
  afterEach(() => people.end());

  const carry = (isDone: () => boolean): Promise<boolean> => people.carry([wire], MIB / 2, isDone);
  const stored = (id: string): Partial<StoredFile> => {
    const key = { contact: ada.id, direction: 'in', id: messageIdFromText(id) } as const;
    const file = ben.store.transfers.get(key)?.message.file;
    return file === undefined ? {} : { state: file.state, bytes: file.bytes };
  };

  it('is stored on the way, and no later state is lost to it', async () => {
    const id = await ada.offer(ben, 'film', 20 * MIB);
    await carry(() => (ben.file(id)?.bytes ?? 0) > 5 * MIB);
    expect(stored(id)).toEqual({ state: 'transferring', bytes: 0 });
    await people.settle();
    ben.files.sync('film');
    await people.settle();
    expect(stored(id)).toEqual({ state: 'transferring', bytes: ben.file(id)?.bytes });
    const synced = stored(id).bytes ?? 0;
    await carry(() => (ben.file(id)?.bytes ?? 0) > 10 * MIB);
    expect(stored(id)).toEqual({ state: 'transferring', bytes: synced });
    wire.cut();
    await people.settle();
    const { state, bytes } = stored(id);
    expect(state).toBe('paused');
    expect(bytes).toBeGreaterThan(synced);
    await ben.account.files.desk.cancel({ id });
    ben.files.sync('film');
    await people.settle();
    expect(stored(id)).toEqual({ state: 'cancelled', bytes });
  });

  it('is not forgotten while a file waits for its turn', async () => {
    const id = await ada.offer(ben, 'film', 1_000 * MIB);
    await carry(() => (ben.file(id)?.bytes ?? 0) > 5 * MIB);
    await ben.account.files.suspend();
    const before = stored(id);
    expect(before).toMatchObject({ state: 'paused' });
    expect(before.bytes).toBeGreaterThan(5 * MIB);
    // Others have the places for large files when it is asked for again.
    const others = await Promise.all(
      [1, 2, 3, 4].map((index) => ada.offer(ben, `other ${index}`, 1_000 * MIB)),
    );
    await carry(() => others.every((other) => (ben.file(other)?.bytes ?? 0) > 0));
    await ben.account.files.desk.accept({ id });
    await people.settle();
    expect(stored(id)).toEqual({ ...before, state: 'transferring' });
    await ben.account.files.suspend();
    expect(stored(id)).toEqual(before);
  });
});
