import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFileOffer, type FileOfferBody } from '../../src/application/file-bodies.js';
import { KIND_FILE_OFFER } from '../../src/application/kinds.js';
import { newMessageId } from '../../src/core/delivery/text-ids.js';
import { WELCOME_RESERVE_BYTES } from '../../src/core/files/limits.js';
import type { FileState } from '../../src/core/ports/transfer-store.js';
import type { HandWire } from './hand-wire.js';
import { WiredPeople, type WiredPerson } from './wired-people.js';

const SIZE = 100_000_000;
const FOLDER = 'inode/directory';
/** 250,000 entries of a block each. */
const ENTRIES_BYTES = 1_024_000_000;

describe('what comes without being asked about', () => {
  let people: WiredPeople & Record<'ada' | 'ben', WiredPerson>;
  let ben: WiredPerson;
  let wire: HandWire;

  beforeEach(async () => {
    people = await WiredPeople.meet('ada', 'ben');
    ({ ben } = people);
    wire = people.connect(people.ada, ben);
    await people.settle();
  }, 60_000);
  afterEach(() => people.end());

  const stateOfOffer = async (
    rest: Partial<FileOfferBody> = {},
  ): Promise<FileState | undefined> => {
    const id = newMessageId();
    const body = encodeFileOffer({ id, at: 1, name: 'file', size: SIZE, ...rest });
    void wire.ends[0].send(KIND_FILE_OFFER, body).catch(() => undefined);
    while (wire.pass(wire.ends[1]) > 0) await people.settle();
    return ben.store.transfers.get({ contact: people.ada.id, direction: 'in', id })?.message.file
      .state;
  };

  it('leaves the reserve', async () => {
    ben.files.free = WELCOME_RESERVE_BYTES + SIZE - 1;
    expect(await stateOfOffer()).toBe('offered');
    ben.files.free += 1;
    expect(await stateOfOffer()).toBe('transferring');
  });

  it('leaves it also while a folder is unpacked beside its archive, however small what is in it', async () => {
    ben.files.free = WELCOME_RESERVE_BYTES + 2 * SIZE + ENTRIES_BYTES - 1;
    expect(await stateOfOffer({ type: FOLDER })).toBe('offered');
    ben.files.free += 1;
    expect(await stateOfOffer({ type: FOLDER })).toBe('transferring');
  });

  it('leaves it to a folder that is on its way, too', async () => {
    ben.files.free = WELCOME_RESERVE_BYTES + 2 * SIZE + ENTRIES_BYTES;
    expect(await stateOfOffer({ type: FOLDER })).toBe('transferring');
    expect(await stateOfOffer({ size: 1 })).toBe('offered');
    ben.files.free += 1;
    expect(await stateOfOffer({ size: 1 })).toBe('transferring');
  });

  it('needs little for a small folder', async () => {
    ben.files.free = WELCOME_RESERVE_BYTES + 2_000_000;
    expect(await stateOfOffer({ type: FOLDER, size: 2_048 })).toBe('transferring');
  });
});
