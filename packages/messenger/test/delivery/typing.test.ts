// TYPING: Spec 8.7.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KIND_TYPING } from '../../src/application/kinds.js';
import { MalformedBodyError } from '../../src/application/cbor.js';
import { encodeTyping } from '../../src/application/presence-bodies.js';
import { Typing } from '../../src/core/delivery/typing.js';
import { CoreParts } from '../core-parts.js';
import { handSession, PEER_ID } from '../sessions/hand-session.js';

describe('typing', () => {
  let parts: CoreParts;
  let typing: Typing;
  beforeEach(async () => {
    parts = await CoreParts.open();
    typing = new Typing(parts);
  });
  afterEach(() => parts.end());

  it('is said only by who turned it on, at most every three seconds', async () => {
    const { session, peer } = await handSession();
    await typing.tell(session);
    await parts.settings.change({ typing: true });
    for (let ms = 0; ms < 9_000; ms += 100) {
      await typing.tell(session);
      parts.clock.advance(100);
    }
    await typing.tell(undefined);
    await session.channel.close();
    const kinds: number[] = [];
    for await (const { kind, body } of peer.records) {
      kinds.push(kind);
      expect([...body]).toEqual([0xa0]);
    }
    expect(kinds).toEqual([KIND_TYPING, KIND_TYPING, KIND_TYPING]);
  });

  it('is heard only by who turned it on, and a flood of it at most once a second', async () => {
    const { session, peer } = await handSession();
    await typing.take(session, encodeTyping());
    expect(parts.told).toEqual([]);
    await parts.settings.change({ typing: true });
    for (let ms = 0; ms < 3_000; ms += 2) {
      await typing.take(session, encodeTyping());
      parts.clock.advance(2);
    }
    expect(parts.eventsOf('typing')).toEqual(
      Array.from({ length: 3 }, () => ({ contact: PEER_ID })),
    );
    parts.clock.set(-48 * 3_600_000);
    parts.clock.advance(1_000);
    await typing.take(session, encodeTyping());
    expect(parts.eventsOf('typing')).toHaveLength(4);
    await peer.close();
  });

  it('is malformed if it is not a map', async () => {
    const { session, peer } = await handSession();
    await expect(typing.take(session, Uint8Array.of(0x80))).rejects.toThrow(MalformedBodyError);
    await peer.close();
  });
});
