// PROFILE: Spec 8.7.
import { encodeId } from '@gravy/identity';
import { OwnKey } from '@gravy/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MalformedBodyError } from '../../src/application/cbor.js';
import { KIND_PROFILE } from '../../src/application/kinds.js';
import { decodeProfile, encodeProfile } from '../../src/application/presence-bodies.js';
import { Profile } from '../../src/core/people/profile.js';
import type { Session } from '../../src/core/sessions/session-registry.js';
import { CoreParts } from '../core-parts.js';
import { handSession, PEER_ID, PEER_KEY } from '../sessions/hand-session.js';

describe('what a contact would like to be called', () => {
  let parts: CoreParts;
  let profile: Profile;
  let session: Session;
  let end: () => Promise<unknown>;

  beforeEach(async () => {
    parts = await CoreParts.open();
    profile = new Profile(parts);
    const { session: opened, peer } = await handSession();
    session = opened;
    end = () => peer.close();
    await parts.store.contacts.rename(PEER_KEY.id, 'Unnamed 123456', false);
  });
  afterEach(async () => {
    await end();
    parts.end();
  });

  const name = (): string | undefined => parts.store.contacts.get(PEER_KEY.id)?.name;
  const suggest = async (suggestion: string): Promise<string | undefined> => {
    await profile.take(session, encodeProfile(suggestion));
    return name();
  };
  const someoneElse = (contactName: string): Promise<string> =>
    parts.contacts.add({
      id: encodeId(OwnKey.fromSeed(new Uint8Array(32).fill(77)).id),
      name: contactName,
    });

  it('is taken where the person has not named them, and told', async () => {
    expect(await suggest('Ben')).toBe('Ben');
    expect(parts.eventsOf('contact.changed')).toEqual([{ contact: PEER_ID }]);
    expect(parts.store.contacts.get(PEER_KEY.id)?.isNamed).toBe(false);
    expect(await suggest('Benjamin')).toBe('Benjamin');
  });

  it('is not taken where the person has named them', async () => {
    await parts.contacts.rename(PEER_ID, 'My Ben');
    expect(await suggest('Ada')).toBe('My Ben');
    expect(parts.eventsOf('contact.changed')).toEqual([]);
  });

  it.each([
    ['\u202Eneb\u0000', 'neb'],
    ['two\nlines\u2028and\ttabs', 'two lines and tabs'],
    ['  much   room  ', 'much room'],
    ['Be\u0301n', 'B\u00E9n'],
    ['be\u200Bn\u2060\uFEFF\u00AD', 'ben'],
    ['e\u200B\u0301', '\u00E9'],
    ['\u{E0041}\u{E0042}ben', 'ben'],
    ['x'.repeat(200), 'x'.repeat(64)],
  ])('is cleaned: %j', async (suggestion, cleaned) => {
    expect(await suggest(suggestion)).toBe(cleaned);
  });

  it.each(['', ' ', '\u202E\u0007', '\u200B\u2060', PEER_ID, 'gravyinvite1abc'])(
    'is ignored where nothing is left of it, or it could be taken for something else: %j',
    async (suggestion) => {
      expect(await suggest(suggestion)).toBe('Unnamed 123456');
    },
  );

  it.each(['Ada', 'ada', '\u202EAda', 'A\u200Bda', 'Ad\u00ADa'])(
    'never looks like the name of somebody else: %j',
    async (suggestion) => {
      await someoneElse('Ada');
      expect((await suggest(suggestion))?.toLowerCase()).toBe('ada (2)');
      expect(parts.store.contacts.findByName('Ada')?.id).not.toEqual(PEER_KEY.id);
    },
  );

  it.each(['Ada', 'Ada (2)', 'Ben (3)', 'x'.repeat(64)])(
    'stays what it is however often it is said: %j',
    async (suggestion) => {
      await someoneElse(suggestion.startsWith('x') ? suggestion : 'Ada');
      const first = await suggest(suggestion);
      parts.told.length = 0;
      for (let times = 0; times < 5; times += 1) expect(await suggest(suggestion)).toBe(first);
      expect(parts.told).toEqual([]);
    },
  );

  it('is malformed without a name, or with more than 256 bytes', async () => {
    const long = encodeProfile('\u00E9'.repeat(129));
    await expect(profile.take(session, long)).rejects.toThrow(MalformedBodyError);
    await expect(profile.take(session, Uint8Array.of(0xa0))).rejects.toThrow(MalformedBodyError);
    expect(name()).toBe('Unnamed 123456');
  });

  it('is said to each contact, unless it is nothing', async () => {
    const { session: other, peer } = await handSession();
    await profile.tell(other);
    await parts.settings.change({ profileName: '' });
    await profile.tell(other);
    await other.channel.close();
    const said: string[] = [];
    for await (const { kind, body } of peer.records) {
      expect(kind).toBe(KIND_PROFILE);
      said.push(decodeProfile(body));
    }
    expect(said).toEqual(['ada']);
    await profile.tell(other); // ended: nothing happens
  });
});
